using CsCheck;
using Grpc.Core;
using static Troupe.Gateway.Tests.Requests;
using V1 = Troupe.Contracts.V1;

namespace Troupe.Gateway.Tests.Validation;

/// <summary>Whatever a caller sends, it is not the gateway that fails.</summary>
public class RandomRequestTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private static readonly Gen<byte[]> PictureBytes = Gen.OneOf(
        Gen.Const(Picture),
        Gen.Int[0, Picture.Length].Select(length => Picture[..length]),
        Gen.Select(Gen.Int[0, Picture.Length - 1], Gen.Byte, (at, value) => { var file = (byte[])Picture.Clone(); file[at] = value; return file; }),
        Gen.Byte.Array[0, 100]);

    private static readonly Gen<V1.Part> Parts = Gen.OneOf(
        Gen.String.Select(Text),
        PictureBytes.Select(Image),
        Gen.Const(new V1.Part { Image = new V1.Image() }),
        Gen.Const(new V1.Part()));

    private static readonly Gen<V1.Message> Messages =
        Gen.Select(Gen.OneOf(Gen.OneOf("user", "assistant", "system"), Gen.String), Parts.Array[0, 4], Turn);

    private static readonly Gen<int> Numbers = Gen.OneOf(Gen.Int[-3, 30], Gen.Int, Gen.OneOf(int.MinValue, int.MaxValue));

    private static readonly Gen<V1.Sampling> Samplings = Gen.Select(Gen.Single.Array[8], Numbers.Array[8], Gen.ULong, Gen.String.Array[0, 3], Gen.Bool).Select((reals, numbers, seed, stops, flag) =>
    {
        var sampling = new V1.Sampling
        {
            FrequencyPenalty = reals[6], PresencePenalty = reals[7], NoRepeatNgramSize = numbers[0], LogitBias = { [numbers[1]] = reals[0] },
            MinTokens = numbers[2], Stop = { stops }, IgnoreEndTokens = flag,
        };
        if (reals[0] > 0)
            (sampling.Temperature, sampling.TopK, sampling.TopP, sampling.MinP) = (reals[1], numbers[3], reals[2], reals[3]);
        if (reals[1] > 0)
            (sampling.TypicalP, sampling.RepetitionPenalty, sampling.Seed) = (reals[4], reals[5], seed);
        if (reals[2] > 0)
            (sampling.MaxTokens, sampling.Logprobs) = (numbers[4], numbers[5]);
        if (reals[3] > 0)
            sampling.AllowedTokenIds.Add(numbers[6]);
        if (reals[4] > 0)
            sampling.StopTokenIds.Add(numbers[7]);
        return sampling;
    });

    private static readonly Gen<V1.GenerateRequest> AnyRequest =
        Gen.Select(Gen.OneOf(Gen.Const(""), Gen.Const("pictures"), Gen.String), Gen.OneOf(Gen.Const(""), Gen.String), Messages.Array[0, 3], Samplings.Null(), Numbers, Gen.Bool)
            .Select((model, id, messages, sampling, choices, flag) => new V1.GenerateRequest
            {
                Model = model, RequestId = id, Messages = { messages }, Sampling = sampling, Choices = choices, Prompt = flag ? new V1.PromptOptions { SplitImages = true } : null,
            });

    private static readonly StatusCode[] CallersFault = [StatusCode.OK, StatusCode.InvalidArgument, StatusCode.NotFound];

    [Fact]
    public async Task No_request_is_an_internal_error() =>
        await AnyRequest.SampleAsync(async request => Assert.Contains(await Status(request), CallersFault), iter: 1000, threads: 1);

    private async Task<StatusCode> Status(V1.GenerateRequest request)
    {
        try
        {
            await fixture.Gateway.Client.Generate(request).Collect();
            return StatusCode.OK;
        }
        catch (RpcException exception)
        {
            return exception.StatusCode;
        }
    }
}
