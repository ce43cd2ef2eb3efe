namespace Troupe.Contracts.Generation;

/// <summary>
/// Owns one request from admission to its last token, under one claim. Keyed <c>tenant/id/epoch</c>: no call waits on the directory entry of a
/// silo that died with an earlier claim. It lives on the gateway silo that made the claim; what it accepts lies in that silo's log of
/// generations, where readers find it.
/// </summary>
[Alias("troupe.IGenerationGrain")]
public interface IGenerationGrain : IGrainWithStringKey
{
    /// <summary>Encodes the media, builds the prompt, and finds an engine that takes the request. Media bytes lie in the store of the caller's silo.</summary>
    /// <param name="claimant">The silo that made the claim; from another one the id is refused as in use.</param>
    /// <returns>Accepted with what event 0 says, or refused.</returns>
    [Alias("Submit"), ResponseTimeout("00:10:00")]
    Task<SubmitResult> Submit(GenerationRequest request, SiloAddress claimant, CancellationToken cancellation);

    /// <summary>Ends the request at every stage. No step that starts after its engine knows includes it.</summary>
    [Alias("Cancel")]
    Task Cancel();
}
