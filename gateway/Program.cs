using System.CommandLine;
using Troupe.Gateway.Commands;
using Troupe.Grains.Hosting;

// The host handles Ctrl-C: it stops the ports first and the cluster last.
var command = TroupeCommand.Parse(args, builder => builder.AddTroupeSilo());
return await command.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
