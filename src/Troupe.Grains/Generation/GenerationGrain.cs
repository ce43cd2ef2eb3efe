using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Placement;
using Troupe.Contracts.Cluster;
using Troupe.Contracts.Decoding;
using Troupe.Contracts.Encoding;
using Troupe.Contracts.Generation;
using Troupe.Contracts.Prompts;
using Troupe.Contracts.Transfer;
using Troupe.Grains.Placement;
using Troupe.Grains.Protocol;
using Troupe.Grains.Transfer;

namespace Troupe.Grains.Generation;

/// <summary>The shell around <see cref="Owner"/>: makes its calls and tells it the answers.</summary>
[RolePlacement(Roles.Gateway), PreferLocalPlacement, Reentrant, CollectionAgeLimit(Minutes = 2)]
internal sealed partial class GenerationGrain(GenerationHub hub, EngineFinder engines, PromptClient prompts, ILocalSiloDetails local, ILogger<GenerationGrain> logger) : Grain, IGenerationGrain
{
    public async Task<SubmitResult> Submit(GenerationRequest request, SiloAddress claimant, CancellationToken cancellation)
    {
        if (!claimant.Equals(local.SiloAddress))
            return SubmitResult.Refused(RefusalKind.IdInUse, $"request_id '{request.Key.Id}' is in use at another gateway; choose another id, or leave it out.");
        var generation = hub.Find(request.Key) ?? throw new InvalidOperationException($"Request {request.Key} is not claimed on this silo.");
        await using var registration = cancellation.UnsafeRegister(_ => Finish(generation, generation.Handle(new CancelRequested())), null);
        await Run(generation, new Begin(), cancellation);
        return await generation.Submitted;
    }

    public Task Cancel()
    {
        if (this.GetPrimaryKeyString().Split('/') is [var tenant, var id, _] && hub.Find(new GenerationKey(tenant, id)) is { } generation)
            Finish(generation, generation.Handle(new CancelRequested()));
        return Task.CompletedTask;
    }

    /// <summary>Acts until nothing is under way: then an engine has the request, or it has ended.</summary>
    private async Task Run(Generation generation, OwnerInput first, CancellationToken cancellation)
    {
        var underWay = new List<Task<OwnerInput>>();
        Start(generation.Handle(first));
        while (underWay.Count > 0)
        {
            var done = await Task.WhenAny(underWay);
            underWay.Remove(done);
            Start(generation.Handle(await done));
        }

        void Start(IReadOnlyList<OwnerOutput> outputs)
        {
            underWay.AddRange(outputs.Select(output => Perform(generation, output, cancellation)).OfType<Task<OwnerInput>>());
            Finish(generation, outputs);
        }
    }

    private Task<OwnerInput>? Perform(Generation generation, OwnerOutput output, CancellationToken cancellation) => output switch
    {
        BuildPrompt => Guard(Build(generation.Request, cancellation)),
        EncodeMedium encode => Guard(Encode(generation.Request, encode.Medium, cancellation)),
        FindEngine find => Guard(engines.Find(generation, find, cancellation)),
        _ => null,
    };

    /// <summary>Whatever goes wrong in a stage, the request ends with a word about it.</summary>
    private async Task<OwnerInput> Guard(Task<OwnerInput> stage)
    {
        try
        {
            return await stage;
        }
        catch (Exception exception)
        {
            LogStageFailed(exception, this.GetPrimaryKeyString());
            return new StageFailed(new Refusal(RefusalKind.Internal, $"A stage failed unexpectedly: {exception.Message}"));
        }
    }

    private void Finish(Generation generation, IReadOnlyList<OwnerOutput> outputs)
    {
        foreach (var output in outputs)
        {
            if (output is CancelAt cancel)
                GrainFactory.GetGrain<IDecoderGrain>(cancel.Engine).Cancel(generation.Request.Key).Ignore(); // an engine that is gone runs nothing
            else if (output is Release release)
                hub.End(generation, release);
        }
    }

    private async Task<OwnerInput> Build(GenerationRequest request, CancellationToken cancellation)
    {
        var prompt = await StageCall.Try(
            "text", () => prompts.Build(request.Model, new PromptRequest(request.Messages, request.Media, request.Prompt), cancellation), PromptResult.Refused);
        return prompt.Refusal is { } refusal ? new StageFailed(refusal) : new PromptBuilt(prompt);
    }

    private async Task<OwnerInput> Encode(GenerationRequest request, int medium, CancellationToken cancellation)
    {
        var reference = request.Media[medium];
        var encoder = GrainFactory.GetGrain<IImageEncoderGrain>(EncoderKey.Of(request.Key.Tenant, request.Model.Revision, reference, request.Prompt.SplitImages));
        var encode = new EncodeRequest(
            new BlobAddress(local.SiloAddress, MediaStore.KeyOf(request.Key, medium), reference.Length), request.Prompt.SplitImages, new Holder(local.SiloAddress, request.Key));
        var result = await StageCall.Try("vision", () => encoder.Encode(encode, cancellation), EncodeResult.Refused);
        return result.Features is { } features ? new MediumEncoded(medium, features) : new StageFailed(AboutPicture(result.Refusal!, medium));
    }

    private static Refusal AboutPicture(Refusal refusal, int medium) =>
        refusal.Kind == RefusalKind.Invalid ? refusal with { Reason = $"Picture {medium + 1}: {refusal.Reason}" } : refusal;

    [LoggerMessage(LogLevel.Error, "A stage of request {Key} failed.")]
    private partial void LogStageFailed(Exception exception, string key);
}
