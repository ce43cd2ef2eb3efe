using System.Globalization;
using Troupe.Contracts.V1;
using Troupe.Gateway.Hosting;

namespace Troupe.Gateway.Commands;

/// <summary>Plain lines, for files and pipes.</summary>
internal sealed class PlainDemoOutput(TextWriter writer) : IDemoOutput
{
    public async Task Working(string what, Func<Task> work)
    {
        Line($"{what} ...");
        await work();
    }

    public void Question(string prompt, DemoPicture? picture)
    {
        if (picture is not null)
            Line($"Picture: {picture.Path}");
        Line($"Question: {prompt}");
        writer.Write("Answer:");
    }

    public void Tokens(Tokens tokens)
    {
        writer.Write(tokens.Text);
        writer.Flush();
    }

    public void Answer(DemoAnswer answer)
    {
        Line("");
        Line(string.Create(CultureInfo.InvariantCulture,
            $"Time to first token: {answer.TimeToFirstToken.TotalMilliseconds:F0} ms; {answer.TokensPerSecond:F1} tokens per second; {answer.PromptTokens} prompt tokens, {answer.CompletionTokens} new tokens"));
    }

    public void Serving(GatewayAddresses addresses)
    {
        Line($"Serving gRPC at {addresses.Grpc} (troupe.v1.Inference)");
        Line($"Health and metrics at {addresses.Http}healthz, {addresses.Http}readyz and {addresses.Http}metrics");
        Line("Ctrl-C stops.");
    }

    private void Line(string text)
    {
        writer.WriteLine(text);
        writer.Flush();
    }
}
