using Troupe.Parity;

return ParityCommand.Run(args, Console.Out, Console.Error);
