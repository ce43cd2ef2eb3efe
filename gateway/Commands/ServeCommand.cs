using System.CommandLine;
using System.Text.RegularExpressions;
using Troupe.Gateway.Errors;
using Troupe.Gateway.Hosting;

namespace Troupe.Gateway.Commands;

/// <summary>Serves until the process is told to stop.</summary>
internal static partial class ServeCommand
{
    public static async Task Run(ParseResult parsed, HostCommandOptions options, Action<WebApplicationBuilder> addCluster, CancellationToken cancellation)
    {
        foreach (var token in parsed.UnmatchedTokens)
        {
            if (!Setting().IsMatch(token))
                throw new CommandException($"'{token}' is neither a command nor a setting; --help tells the commands, and a setting has the form --Troupe:Section:Key=value.");
        }

        await using var app = GatewayHost.Build(null, [.. parsed.UnmatchedTokens], options.Settings(parsed), addCluster);
        await GatewayHost.Start(app, cancellation);
        await app.WaitForShutdownAsync(cancellation);
    }

    [GeneratedRegex("^--[A-Za-z0-9_]+(:[A-Za-z0-9_.]+)+=")]
    private static partial Regex Setting();
}
