using Google.Rpc;
using Grpc.Core;
using Troupe.Gateway.Tests.DemoScenes;
using static Troupe.Gateway.Tests.Requests;
using V1 = Troupe.Contracts.V1;

namespace Troupe.Gateway.Tests.Validation;

public class RequestValidationTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private static readonly byte[] Wide = PngFile.Of(new byte[201 * 3], 201, 1);

    /// <summary>Requests with one mistake: the path of the field, and words that its description must have.</summary>
    public static TheoryData<string, string, string, Action<V1.GenerateRequest>> Mistakes => new()
    {
        { "no turn", "messages", "has 0 turns; allowed: 1 to 4", request => request.Messages.Clear() },
        { "too many turns", "messages", "has 5 turns; allowed: 1 to 4", request => request.Messages.AddRange(Enumerable.Repeat(request.Messages[0], 4)) },
        { "too many parts", "messages", "has 7 parts in all; allowed: at most 6", request => request.Messages[0].Content.AddRange(Enumerable.Repeat(Text(""), 6)) },
        { "no role", "messages[0].role", "has 0 characters; allowed: 1 to 64", request => request.Messages[0].Role = "" },
        { "a long role", "messages[0].role", "has 65 characters; allowed: 1 to 64", request => request.Messages[0].Role = new string('x', 65) },
        { "a forged role", "messages[0].role", "is <|im_start|>; allowed: characters", request => request.Messages[0].Role = "<|im_start|>" },
        { "an empty turn", "messages[0].content", "is empty; allowed: at least one part", request => request.Messages[0].Content.Clear() },
        { "an empty part", "messages[0].content[1]", "is empty; allowed: a text or an image", request => request.Messages[0].Content.Add(new V1.Part()) },
        { "long text", "messages[1].content[0].text", "brings the text of the request to 102 bytes; allowed: at most 100", request => request.Messages.Add(Turn("user", Text(new string('é', 49)))) },
        { "an empty picture", "messages[0].content[1].image.data", "empty", request => request.Messages[0].Content.Add(Image([])) },
        { "no picture", "messages[0].content[1].image.data", "begins with 68656C6C6F", request => request.Messages[0].Content.Add(Image("hello"u8.ToArray())) },
        { "a wide picture", "messages[0].content[1].image.data", "201 x 1 pixels; a side may have at most 200", request => request.Messages[0].Content.Add(Image(Wide)) },
        { "a large picture", "messages[0].content[1].image.data", "1501 bytes; at most 1500", request => request.Messages[0].Content.Add(Image(Padded(1501))) },
        { "large pictures", "messages[0].content[2].image.data", "brings the pictures of the request to 2001 bytes; allowed: at most 2000", request => request.Messages[0].Content.AddRange([Image(Padded(1001)), Image(Padded(1000))]) },
        { "many pictures", "messages[0].content[3].image", "is picture 3 of the request; allowed: at most 2", request => request.Messages[0].Content.AddRange(Enumerable.Repeat(Image(Picture), 3)) },
        { "a strange id", "request_id", "holds U+002F at position 1; allowed: characters", request => request.RequestId = "a/b" },
        { "a long id", "request_id", "has 129 characters; allowed: 1 to 128", request => request.RequestId = new string('a', 129) },
        { "no choice", "choices", "is -1; allowed: from 1 to 16", request => request.Choices = -1 },
        { "many choices", "choices", "is 17; allowed: from 1 to 16", request => request.Choices = 17 },
        { "cold", "sampling.temperature", "is -0.5; allowed: 0 or over", request => request.Sampling.Temperature = -0.5f },
        { "not a number", "sampling.top_p", "is NaN; allowed: from 0 to 1", request => request.Sampling.TopP = float.NaN },
        { "top-k", "sampling.top_k", "is -1; allowed: 0 or over", request => request.Sampling.TopK = -1 },
        { "min-p", "sampling.min_p", "is 2; allowed: from 0 to 1", request => request.Sampling.MinP = 2 },
        { "typical-p", "sampling.typical_p", "is 0; allowed: over 0", request => request.Sampling.TypicalP = 0 },
        { "repetition", "sampling.repetition_penalty", "is 0; allowed: over 0", request => request.Sampling.RepetitionPenalty = 0 },
        { "frequency", "sampling.frequency_penalty", "is 3; allowed: from -2 to 2", request => request.Sampling.FrequencyPenalty = 3 },
        { "presence", "sampling.presence_penalty", "is -3; allowed: from -2 to 2", request => request.Sampling.PresencePenalty = -3 },
        { "n-grams", "sampling.no_repeat_ngram_size", "is -1; allowed: 0 or over", request => request.Sampling.NoRepeatNgramSize = -1 },
        { "an unknown token", "sampling.logit_bias", "is 1000; allowed: token ids from 0 to 999", request => request.Sampling.LogitBias[1000] = 1 },
        { "an allowed token", "sampling.allowed_token_ids", "is -1; allowed: token ids from 0 to 999", request => request.Sampling.AllowedTokenIds.Add(-1) },
        { "a suppressed token", "sampling.suppress_token_ids", "is 5000; allowed: token ids", request => request.Sampling.SuppressTokenIds.Add(5000) },
        { "a stop token", "sampling.stop_token_ids", "is 5000; allowed: token ids", request => request.Sampling.StopTokenIds.Add(5000) },
        { "many tokens", "sampling.allowed_token_ids", "has 1001 ids; allowed: at most 1000", request => request.Sampling.AllowedTokenIds.AddRange(Enumerable.Repeat(1, 1001)) },
        { "no token", "sampling.max_tokens", "is 0; allowed: 1 or over", request => request.Sampling.MaxTokens = 0 },
        { "least over most", "sampling.min_tokens", "is 9; allowed: from 0 to max_tokens (8)", request => (request.Sampling.MaxTokens, request.Sampling.MinTokens) = (8, 9) },
        { "an empty stop", "sampling.stop", "length 0; allowed: strings of length 1", request => request.Sampling.Stop.Add("") },
        { "many stops", "sampling.stop", "is 17 strings; allowed: at most 16", request => request.Sampling.Stop.AddRange(Enumerable.Repeat("x", 17)) },
        { "log-probabilities", "sampling.logprobs", "is 21; allowed: from 0 to 20", request => request.Sampling.Logprobs = 21 },
    };

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_is_answered_with_field_value_limit_and_remedy(string about, string field, string words, Action<V1.GenerateRequest> make)
    {
        var request = Valid();
        make(request);

        var exception = await fixture.Gateway.Client.Generate(request).Refusal();

        var violation = Assert.Single(exception.Violations());
        Assert.Equal((about, field), (about, violation.Field));
        Assert.Contains(words, violation.Description, StringComparison.Ordinal);
        Assert.EndsWith(".", violation.Description, StringComparison.Ordinal);
        Assert.Equal($"{field} {violation.Description}", exception.Status.Detail);
        Assert.Equal("INVALID_REQUEST", exception.Reason());
    }

    [Fact]
    public async Task The_request_without_a_mistake_is_accepted() =>
        Assert.Equal(2, (await fixture.Gateway.Client.Generate(Valid()).Collect()).Count);

    [Fact]
    public async Task All_mistakes_are_told_at_once()
    {
        var request = Ask(Text("x"), Image([1, 2, 3]), new V1.Part());
        request.Choices = 99;
        request.RequestId = "ä";
        request.Sampling = new V1.Sampling { TopP = 2, MinP = -1 };

        var exception = await fixture.Gateway.Client.Generate(request).Refusal();

        string[] expected = ["choices", "messages[0].content[1].image.data", "messages[0].content[2]", "request_id", "sampling.min_p", "sampling.top_p"];
        Assert.Equal(expected, exception.Violations().Select(violation => violation.Field).Order(StringComparer.Ordinal));
        Assert.EndsWith("(and 5 more problems)", exception.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thousand_mistakes_fit_the_trailers_of_any_client()
    {
        var request = Valid();
        request.Sampling.SuppressTokenIds.AddRange(Enumerable.Range(5000, 1000));

        var exception = await fixture.Gateway.Client.Generate(request).Refusal();

        Assert.EndsWith("(and 999 more problems)", exception.Status.Detail, StringComparison.Ordinal);
        Assert.InRange(exception.Violations().Count, 2, 100);
        Assert.True(exception.Trailers.Sum(entry => entry.Key.Length + (entry.IsBinary ? entry.ValueBytes.Length * 4 / 3 : entry.Value.Length)) < 8000);
    }

    [Fact]
    public async Task CountTokens_checks_the_conversation_alike()
    {
        var request = new V1.CountTokensRequest { Messages = { Turn("", Image([7])) } };
        var exception = await Assert.ThrowsAsync<RpcException>(() => fixture.Gateway.Client.CountTokensAsync(request).ResponseAsync);
        Assert.Equal(["messages[0].role", "messages[0].content[0].image.data"], exception.Violations().Select(violation => violation.Field));
    }

    [Fact]
    public async Task A_message_beyond_every_limit_is_refused_before_it_is_read()
    {
        var request = Ask(Image(new byte[8 << 20]));
        var exception = await fixture.Gateway.Client.Generate(request).Refusal();
        Assert.Equal(StatusCode.InvalidArgument, exception.StatusCode);
        Assert.Equal("INVALID_REQUEST", exception.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason);
        Assert.StartsWith($"The request has {request.CalculateSize()} bytes; allowed: ", exception.Status.Detail, StringComparison.Ordinal);
    }

    private static V1.GenerateRequest Valid()
    {
        var request = Ask(Text("four"));
        request.Sampling = new V1.Sampling();
        return request;
    }

    private static byte[] Padded(int length) => [.. Picture, .. new byte[length - Picture.Length]];
}
