using System.CommandLine;
using System.CommandLine.Invocation;
using Troupe.Gateway.Errors;

namespace Troupe.Gateway.Commands;

/// <summary>The command line: serve, unless a command says otherwise.</summary>
internal static class TroupeCommand
{
    /// <param name="addCluster">Adds the cluster behind the gateway.</param>
    public static ParseResult Parse(string[] arguments, Action<WebApplicationBuilder> addCluster)
    {
        var parsed = Create(addCluster).Parse(arguments);
        if (parsed.Action is ParseErrorAction mistake)
            mistake.ShowHelp = false; // the one line that says what is wrong is enough
        return parsed;
    }

    private static RootCommand Create(Action<WebApplicationBuilder> addCluster)
    {
        var options = new HostCommandOptions();
        var root = new RootCommand("Troupe serves multimodal language models from a cluster of actors. Without a command it serves until it is stopped.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        options.AddTo(root);
        root.Add(DemoCommand.Create(options, addCluster));
        root.SetAction((parsed, cancellation) => Run(parsed, () => ServeCommand.Run(parsed, options, addCluster, cancellation)));
        return root;
    }

    /// <summary>Runs a command; what a person can mend becomes one line on standard error.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(ParseResult parsed, Func<Task> command)
    {
        try
        {
            await command();
            return 0;
        }
        catch (CommandException exception)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"troupe: {exception.Message.ReplaceLineEndings(" ")}");
            return 1;
        }
    }
}
