using Troupe.Contracts.Decoding;
using Troupe.Contracts.Encoding;
using Troupe.Contracts.Generation;
using Troupe.Contracts.Prompts;
using Troupe.Contracts.Transfer;
using Troupe.Grains.Protocol;

namespace Troupe.Grains.Tests.Protocol;

/// <summary>An owner and what it emitted so far.</summary>
internal sealed class OwnerStory(int pictures = 0, int choices = 1)
{
    public const long Epoch = 3;
    public const int PromptTokens = 5;

    public static readonly GenerationKey Key = new("tenant", "id");

    private readonly Owner _owner = new(
        new GenerationRequest
        {
            Key = Key,
            Model = new ModelRevision("model", "revision"),
            Messages = [],
            Media = [.. Enumerable.Range(0, pictures).Select(_ => new MediaReference("00", 1, 1, 1))],
            Prompt = new PromptSettings(),
            Sampling = new SamplingSettings(),
            Choices = choices,
            BodyDigest = "",
        },
        Epoch);

    public List<GenerationEvent> Events { get; } = [];

    public OwnerStage Stage => _owner.Stage;

    public IEnumerable<int> TokenIds => Events.OfType<TokensEvent>().SelectMany(e => e.TokenIds);

    /// <summary>What the owner wants done, events left out.</summary>
    public IReadOnlyList<OwnerOutput> Tell(OwnerInput input)
    {
        var outputs = _owner.Handle(input);
        Events.AddRange(outputs.OfType<Emit>().Select(emit => emit.Event));
        return [.. outputs.Where(output => output is not Emit)];
    }

    public IReadOnlyList<OwnerOutput> Built() => Tell(new PromptBuilt(new PromptResult(new int[PromptTokens], [])));

    public IReadOnlyList<OwnerOutput> Encoded(int medium) =>
        Tell(new MediumEncoded(medium, new FeatureHandle(new BlobAddress(SiloAddress.Zero, $"{medium}", 1), [])));

    public IReadOnlyList<OwnerOutput> Answered(string engine, DecodeVerdict verdict) => Tell(new EngineAnswered(engine, new DecodeAnswer(verdict)));

    public IReadOnlyList<OwnerOutput> Tokens(string engine, int firstIndex, params int[] ids) => Tell(new TokensArrived(engine, Chunk(firstIndex, ids)));

    public static StepChunk Chunk(int firstIndex, int[] ids) =>
        new() { Key = Key, Epoch = Epoch, Choice = 0, FirstIndex = firstIndex, TokenIds = ids, Text = string.Concat(ids) };

    /// <summary>Up to the moment at which an engine is asked.</summary>
    public OwnerStory Asking(string engine)
    {
        Tell(new Begin());
        Built();
        for (var medium = 0; medium < pictures; medium++)
            Encoded(medium);
        Tell(new EngineChosen(engine));
        return this;
    }

    /// <summary>Up to the moment at which an engine has it; event 0 is left out of <see cref="Events"/>.</summary>
    public OwnerStory Streaming(string engine)
    {
        Asking(engine).Answered(engine, DecodeVerdict.Accepted);
        Events.Clear();
        return this;
    }
}
