using System.Diagnostics;
using Spectre.Console;
using Troupe.Contracts.V1;
using Troupe.Gateway.Hosting;

namespace Troupe.Gateway.Commands;

/// <summary>Colours and a spinner, for a person at a terminal.</summary>
internal sealed class ConsoleDemoOutput(IAnsiConsole console) : IDemoOutput
{
    public async Task Working(string what, Func<Task> work)
    {
        var clock = Stopwatch.StartNew();
        await console.Status().Spinner(Spinner.Known.Dots).StartAsync(Markup.Escape(what), _ => work());
        console.MarkupLineInterpolated($"[green]✓[/] {what} [grey]({clock.Elapsed.TotalSeconds:F1} s)[/]");
    }

    public void Question(string prompt, DemoPicture? picture)
    {
        console.WriteLine();
        if (picture is not null)
            console.MarkupLineInterpolated($"[grey]{picture.Path}[/]");
        console.MarkupLineInterpolated($"[blue]?[/] [bold]{prompt}[/]");
        console.Markup("[green]>[/]");
    }

    public void Tokens(Tokens tokens) => console.Write(Printable(tokens.Text));

    public void Answer(DemoAnswer answer)
    {
        console.WriteLine();
        console.MarkupLineInterpolated(
            $"[grey]time to first token[/] {answer.TimeToFirstToken.TotalMilliseconds:F0} ms[grey],[/] {answer.TokensPerSecond:F1} [grey]tokens per second,[/] {answer.PromptTokens} [grey]prompt tokens,[/] {answer.CompletionTokens} [grey]new tokens[/]");
    }

    public void Serving(GatewayAddresses addresses)
    {
        console.WriteLine();
        var table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumns("what", "where");
        table.AddRow("gRPC (troupe.v1.Inference)", addresses.Grpc.ToString());
        table.AddRow("Health", $"{addresses.Http}healthz, {addresses.Http}readyz");
        table.AddRow("Metrics", $"{addresses.Http}metrics");
        console.Write(table);
        console.MarkupLine("[grey]Ctrl-C stops.[/]");
    }

    // A model may say anything, but it does not steer the terminal.
    private static string Printable(string text) => string.Concat(text.Where(c => !char.IsControl(c) || c == '\n'));
}
