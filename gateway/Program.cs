using System.CommandLine;
using Troupe.Gateway.Commands;
using Troupe.Grains.Hosting;

// The host handles Ctrl-C: it stops the ports first and the cluster last.
return await TroupeCommand.Create(builder => builder.AddTroupeSilo()).Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
