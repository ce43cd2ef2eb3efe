using System.Text.Encodings.Web;
using System.Text.Json;
using Troupe.Contracts.V1;
using Troupe.Gateway.Hosting;

namespace Troupe.Gateway.Commands;

/// <summary>One JSON object a line, and nothing else: <c>token</c> for each token, <c>done</c> for each answer.</summary>
internal sealed class JsonDemoOutput(TextWriter writer) : IDemoOutput
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public Task Working(string what, Func<Task> work) => work();

    public void Question(string prompt, DemoPicture? picture)
    {
    }

    // Tokens that come together release their text together: the last one carries it.
    public void Tokens(Tokens tokens)
    {
        for (var i = 0; i < tokens.TokenIds.Count; i++)
            Line(new { @event = "token", id = tokens.TokenIds[i], text = i == tokens.TokenIds.Count - 1 ? tokens.Text : "" });
    }

    public void Answer(DemoAnswer answer) => Line(new
    {
        @event = "done",
        answer = answer.Text,
        prompt_tokens = answer.PromptTokens,
        completion_tokens = answer.CompletionTokens,
        ttft_ms = Math.Round(answer.TimeToFirstToken.TotalMilliseconds, 3),
        tokens_per_second = Math.Round(answer.TokensPerSecond, 3),
        finish_reason = answer.Finish.ToString().ToLowerInvariant(),
    });

    public void Serving(GatewayAddresses addresses)
    {
    }

    private void Line(object value)
    {
        writer.WriteLine(JsonSerializer.Serialize(value, Json));
        writer.Flush();
    }
}
