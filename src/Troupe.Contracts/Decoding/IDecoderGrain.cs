using Troupe.Contracts.Generation;

namespace Troupe.Contracts.Decoding;

/// <summary>The door of one engine. Keyed by the engine's silo (<see cref="EngineAddress"/>) and placed there or nowhere: a silo that restarts is another one.</summary>
[Alias("troupe.IDecoderGrain")]
public interface IDecoderGrain : IGrainWithStringKey
{
    /// <summary>Pulls the media's features and puts the request before the engine. The same key and epoch a second time is the same request.</summary>
    [Alias("Submit"), ResponseTimeout("00:00:10")]
    Task<DecodeAnswer> Submit(DecodeRequest request, CancellationToken cancellation);

    /// <summary>Ends a request; unknown keys are ignored.</summary>
    [Alias("Cancel")]
    Task Cancel(GenerationKey key);
}

/// <summary>Keys of engines.</summary>
public static class EngineAddress
{
    public static string Of(SiloAddress silo) => silo.ToParsableString();

    public static SiloAddress Silo(string key) => SiloAddress.FromParsableString(key);
}
