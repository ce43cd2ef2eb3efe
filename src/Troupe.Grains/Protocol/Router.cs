using System.IO.Hashing;

namespace Troupe.Grains.Protocol;

/// <summary>
/// Which engines to ask, in order: by rendezvous hash (Thaler and Ravishankar, 1998) of the prompt's beginning, so that equal beginnings meet
/// in one cache, those above their share of the load last. The engine's own refusal stays the truth.
/// </summary>
internal static class Router
{
    /// <summary>An engine at more than this times the mean load is asked after the others.</summary>
    private const double Bound = 1.15;

    /// <summary>An engine with fewer requests is never above its share: a batch of this size is hardly slower than one request.</summary>
    private const int Floor = 8;

    /// <param name="engines">Those that serve the model.</param>
    /// <param name="affinity">What equal beginnings share.</param>
    public static IReadOnlyList<string> Order(IReadOnlyList<EngineCandidate> engines, ReadOnlySpan<byte> affinity)
    {
        if (engines.Count == 0)
            return [];
        var limit = Math.Max(Floor, Bound * engines.Average(engine => engine.Load));
        var hash = XxHash64.HashToUInt64(affinity);
        return
        [
            .. engines
                .OrderBy(engine => engine.Load > limit)
                .ThenByDescending(engine => XxHash64.HashToUInt64(System.Text.Encoding.UTF8.GetBytes(engine.Key), unchecked((long)hash)))
                .Select(engine => engine.Key),
        ];
    }
}

/// <param name="Key">The engine's door.</param>
/// <param name="Load">Requests running and waiting.</param>
internal readonly record struct EngineCandidate(string Key, int Load);
