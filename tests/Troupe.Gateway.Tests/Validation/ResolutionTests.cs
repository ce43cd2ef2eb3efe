using System.Security.Cryptography;
using Grpc.Core;
using Troupe.Contracts.Generation;
using Troupe.Contracts.Prompts;
using Troupe.Gateway.Tests.DemoScenes;
using Troupe.Gateway.Tests.Fakes;
using static Troupe.Gateway.Tests.Requests;
using V1 = Troupe.Contracts.V1;

namespace Troupe.Gateway.Tests.Validation;

/// <summary>What the cluster is asked for a raw request.</summary>
public class ResolutionTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private RunningGateway Gateway => fixture.Gateway;

    [Fact]
    public async Task Turns_and_pictures_reach_the_cluster_in_order_with_their_bytes()
    {
        var other = PngFile.Of(new byte[7 * 5 * 3], 7, 5);
        var generation = await Submit(Converse(
            Turn("system", Text("Be brief.")),
            Turn("user", Image(Picture), Text("and"), Image(other)),
            Turn("assistant", Text(""))));

        Assert.Equal("pictures@revision-of-pictures", generation.Request.Model.ToString());
        Assert.Equal(["system: Be brief.", "user: <>and<>", "assistant: "], generation.Request.Messages.Select(Show));
        Assert.Equal(
            [new MediaReference(Sha(Picture), Picture.Length, 128, 128), new MediaReference(Sha(other), other.Length, 7, 5)],
            generation.Request.Media);
        Assert.Equal([Picture, other], generation.Media.Select(bytes => bytes.ToArray()));

        static string Show(Turn turn) => $"{turn.Role}: {string.Concat(turn.Content.Select(part => part.Text ?? "<>"))}";
        static string Sha(byte[] file) => Convert.ToHexStringLower(SHA256.HashData(file));
    }

    [Fact]
    public async Task What_is_not_set_is_the_models_default()
    {
        var generation = await Submit(Hello());
        var sampling = generation.Request.Sampling;

        Assert.Equal((0.5f, 40, 0.75f, 1.25f), (sampling.Temperature, sampling.TopK, sampling.TopP, sampling.RepetitionPenalty));
        Assert.Equal([2, 3], sampling.StopTokenIds);
        Assert.Equal((int.MaxValue, 0, 4242ul), (sampling.MaxTokens, sampling.MinTokens, sampling.Seed));
        Assert.Null(sampling.AllowedTokenIds);
        Assert.Null(sampling.Logprobs);
        Assert.Equal(1, generation.Request.Choices);
        Assert.StartsWith("chosen-", generation.Request.Key.Id, StringComparison.Ordinal);
        Assert.Equal("default", generation.Request.Key.Tenant);
        Assert.Equal(new PromptSettings(), generation.Request.Prompt);
    }

    [Fact]
    public async Task What_is_set_holds_though_it_be_zero()
    {
        var request = Hello();
        request.Choices = 3;
        request.Prompt = new V1.PromptOptions { AllowSpecialTokens = true, SplitImages = false };
        request.Sampling = new V1.Sampling
        {
            Temperature = 0, TopK = 0, TopP = 0, MinP = 0.25f, TypicalP = 0.5f, RepetitionPenalty = 1, FrequencyPenalty = 1, PresencePenalty = -1,
            NoRepeatNgramSize = 3, LogitBias = { [5] = -2 }, AllowedTokenIds = { 5, 6 }, SuppressTokenIds = { 7 }, Seed = 0, MaxTokens = 9, MinTokens = 2,
            Stop = { "end" }, StopTokenIds = { 8, 3 }, Logprobs = 0,
        };
        var generation = await Submit(request);
        var sampling = generation.Request.Sampling;

        Assert.Equal((0f, 0, 0f, 0.25f, 0.5f, 1f), (sampling.Temperature, sampling.TopK, sampling.TopP, sampling.MinP, sampling.TypicalP, sampling.RepetitionPenalty));
        Assert.Equal((1f, -1f, 3), (sampling.FrequencyPenalty, sampling.PresencePenalty, sampling.NoRepeatNgramSize));
        Assert.Equal((0ul, 9, 2, (int?)0), (sampling.Seed, sampling.MaxTokens, sampling.MinTokens, sampling.Logprobs));
        Assert.Equal(new Dictionary<int, float> { [5] = -2 }, sampling.LogitBias);
        Assert.Equal([5, 6], sampling.AllowedTokenIds!);
        Assert.Equal([7], sampling.SuppressTokenIds);
        Assert.Equal(["end"], sampling.StopStrings);
        Assert.Equal([2, 3, 8], sampling.StopTokenIds);
        Assert.Equal(3, generation.Request.Choices);
        Assert.Equal(new PromptSettings(AllowSpecialTokens: true, SplitImages: false), generation.Request.Prompt);
    }

    [Fact]
    public async Task Without_the_models_end_tokens_the_callers_remain()
    {
        var request = Hello();
        request.Sampling = new V1.Sampling { IgnoreEndTokens = true, StopTokenIds = { 8 } };
        var generation = await Submit(request);
        Assert.Equal([8], generation.Request.Sampling.StopTokenIds);
    }

    [Fact]
    public async Task The_digest_tells_bodies_apart_and_nothing_else()
    {
        var plain = await Digest(_ => { });
        Assert.Matches("^[0-9a-f]{64}$", plain);

        Assert.Equal(plain, await Digest(request => request.RequestId = "another"));
        Assert.Equal(plain, await Digest(request => request.Model = "pictures"));
        Assert.Equal(plain, await Digest(request => request.Choices = 1));
        var biased = await Digest(request => request.Sampling = Biased(1, 2, 3));
        Assert.Equal(biased, await Digest(request => request.Sampling = Biased(3, 1, 2)));

        Action<V1.GenerateRequest>[] changes =
        [
            _ => { },
            request => request.Choices = 2,
            request => request.Sampling = new V1.Sampling { Seed = 1 },
            request => request.Sampling = new V1.Sampling { Temperature = 0 },
            request => request.Sampling = Biased(1, 2, 4),
            request => request.Messages[0].Role = "assistant",
            request => request.Messages[0].Content[0].Text = "hello",
            request => request.Messages[0].Content.Add(Image(Picture)),
            request => request.Messages[0].Content.Add(Image(PngFile.Of(new byte[3], 1, 1))),
            request => request.Messages.Add(Turn("user", Text(""))),
            request => request.Prompt = new V1.PromptOptions { SplitImages = true },
        ];
        var digests = new List<string>();
        foreach (var change in changes)
            digests.Add(await Digest(change));
        Assert.Equal(digests.Count, digests.Distinct().Count());

        static V1.Sampling Biased(params int[] ids)
        {
            var sampling = new V1.Sampling();
            foreach (var id in ids)
                sampling.LogitBias[id] = id;
            return sampling;
        }
    }

    [Fact]
    public async Task An_unknown_model_is_not_found_and_the_known_ones_are_named()
    {
        var request = Hello();
        request.Model = "nobody";
        var exception = await Gateway.Client.Generate(request).Refusal();
        Assert.Equal((StatusCode.NotFound, "UNKNOWN_MODEL"), (exception.StatusCode, exception.Reason()));
        Assert.Equal("There is no model 'nobody'. Send one of: pictures.", exception.Status.Detail);
    }

    private async Task<FakeGeneration> Submit(V1.GenerateRequest request)
    {
        await Gateway.Client.Generate(request).Collect();
        return await Gateway.Cluster.NextSubmitted();
    }

    private async Task<string> Digest(Action<V1.GenerateRequest> change)
    {
        var request = Hello();
        change(request);
        return (await Submit(request)).Request.BodyDigest;
    }
}
