using System.Text.Json;
using static Troupe.Gateway.Tests.Requests;
using V1 = Troupe.Contracts.V1;

namespace Troupe.Gateway.Tests.Processes;

/// <summary>Answers of the reference library, recorded in float32, over the wire.</summary>
[Collection("processes")] // one after the other: there are times in them
public class RecordedAnswersTests(ServingProcess serving) : IClassFixture<ServingProcess>
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Fixtures", "demo-scenes");
    private static readonly JsonElement Recorded = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "expected.json"))).RootElement;

    [Fact]
    public async Task Every_recorded_question_about_a_picture_gets_the_references_tokens()
    {
        var rows = Recorded.GetProperty("rows").EnumerateArray().ToArray();
        Assert.Equal(48, rows.Length);
        // All at once: what shares a batch must not matter.
        var answers = await Task.WhenAll(rows.Select(row => Answer(Ask(Image(row), Text(row.GetProperty("question").GetString()!)))));
        for (var i = 0; i < rows.Length; i++)
            AssertAnswer(rows[i], answers[i]);
    }

    [Fact]
    public async Task Every_recorded_conversation_goes_as_the_references()
    {
        var conversations = Recorded.GetProperty("conversations").EnumerateArray().ToArray();
        Assert.Equal(5, conversations.Length);
        foreach (var conversation in conversations)
        {
            var request = new V1.GenerateRequest();
            var turns = conversation.GetProperty("turns").EnumerateArray().Select(turn => turn.GetString()!).ToArray();
            (int[] Ids, string Text) answer = ([], "");
            for (var i = 0; i < turns.Length; i++)
            {
                V1.Part[] picture = i == 0 && conversation.GetProperty("image").ValueKind == JsonValueKind.String ? [Image(conversation)] : [];
                if (i > 0)
                    request.Messages.Add(Turn("assistant", Text(answer.Text)));
                request.Messages.Add(Turn("user", [.. picture, Text(turns[i])]));
                answer = await Answer(request);
            }
            AssertAnswer(conversation, answer);
        }
    }

    [Fact]
    public async Task Prompt_tokens_of_a_picture_are_counted_as_they_are_generated_from()
    {
        var row = Recorded.GetProperty("rows")[0];
        var request = Ask(Image(row), Text(row.GetProperty("question").GetString()!));
        var count = await serving.Client.CountTokensAsync(new V1.CountTokensRequest { Messages = { request.Messages } });
        var events = await serving.Client.Generate(request).Collect();
        Assert.Equal(16, count.MediaTokens); // 128 x 128 pixels, patches of 16, shuffled by 2
        Assert.Equal(count.PromptTokens, events[0].Accepted.PromptTokens);
        Assert.Equal(count.PromptTokens, events[^1].Finished.Usage.PromptTokens);
    }

    [Fact]
    public async Task A_serving_gateway_is_ready_and_tells_its_metrics()
    {
        using var client = new HttpClient { BaseAddress = serving.Http };
        Assert.Equal("Healthy", await client.GetStringAsync("/readyz"));
        Assert.Contains("troupe_engine_", await client.GetStringAsync("/metrics"), StringComparison.Ordinal);
    }

    private static V1.Part Image(JsonElement row) => Requests.Image(File.ReadAllBytes(Path.Combine(Folder, row.GetProperty("image").GetString()!)));

    private static void AssertAnswer(JsonElement expected, (int[] Ids, string Text) actual)
    {
        Assert.Equal(expected.GetProperty("answer_ids").EnumerateArray().Select(id => id.GetInt32()), actual.Ids);
        Assert.Equal(expected.GetProperty("answer").GetString(), actual.Text);
    }

    private async Task<(int[] Ids, string Text)> Answer(V1.GenerateRequest request)
    {
        var tokens = (await serving.Client.Generate(request).Collect()).Select(happened => happened.Tokens).Where(tokens => tokens is not null).ToArray();
        Assert.Equal(V1.FinishReason.Stop, tokens[^1].FinishReason);
        return ([.. tokens.SelectMany(token => token.TokenIds)], string.Concat(tokens.Select(token => token.Text)).Trim());
    }
}
