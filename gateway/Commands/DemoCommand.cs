using System.CommandLine;
using Spectre.Console;

namespace Troupe.Gateway.Commands;

/// <summary>The command <c>demo</c>: the whole cluster in this process, and an answer within seconds.</summary>
internal static class DemoCommand
{
    private const string DefaultPrompt = "Describe this image.";
    private const string TextOnlyPrompt = "What can you do?";

    public static Command Create(HostCommandOptions host, Action<WebApplicationBuilder> addCluster)
    {
        var image = new Option<string?>("--image") { Description = "Picture to ask about, or none; without it a bundled one.", HelpName = "FILE|none" };
        var prompt = new Option<string[]>("--prompt") { Description = "A question; several make a conversation.", HelpName = "TEXT" };
        var maxTokens = NumberOption.Create("--max-tokens", "Most tokens of an answer.", 1, int.MaxValue);
        var once = new Option<bool>("--once") { Description = "End after the answer instead of serving on." };
        var json = new Option<bool>("--json") { Description = "Print nothing but JSON lines on standard output." };
        var command = new Command("demo", "Starts a cluster in this process, asks it about a picture as any client would, and serves on.") { image, prompt, maxTokens, once, json };
        command.SetAction((parsed, cancellation) => TroupeCommand.Run(parsed, () =>
        {
            var picture = DemoPicture.Choose(parsed.GetValue(image));
            var prompts = parsed.GetValue(prompt) is { Length: > 0 } given ? given : [picture is null ? TextOnlyPrompt : DefaultPrompt];
            var options = new DemoOptions(picture, prompts, parsed.GetValue(maxTokens), parsed.GetValue(once), HostCommandOptions.Arguments(parsed), host.Settings(parsed));
            return Demo.Run(options, Output(parsed.InvocationConfiguration.Output, parsed.GetValue(json)), addCluster, cancellation);
        }));
        return command;
    }

    private static IDemoOutput Output(TextWriter writer, bool json) =>
        json ? new JsonDemoOutput(writer)
        : ReferenceEquals(writer, Console.Out) && !Console.IsOutputRedirected ? new ConsoleDemoOutput(AnsiConsole.Console)
        : new PlainDemoOutput(writer);
}
