using System.Diagnostics;
using System.Globalization;
using Troupe.Contracts.Generation;

namespace Troupe.Gateway.Telemetry;

/// <summary>The span of one generation. It says what was asked; what was said in messages stays out of it.</summary>
internal static class GenerationSpan
{
    private static readonly ActivitySource Source = new("Troupe.Gateway");

    /// <returns>Null when nobody listens.</returns>
    public static Activity? Start(GenerationRequest request)
    {
        if (Source.StartActivity($"{GenAi.Chat} {request.Model.Name}") is not { } span)
            return null;
        var sampling = request.Sampling;
        span.SetTag(GenAi.OperationName, GenAi.Chat)
            .SetTag(GenAi.ProviderName, GenAi.Troupe)
            .SetTag(GenAi.RequestModel, request.Model.Name)
            .SetTag(GenAi.RequestTemperature, sampling.Temperature)
            .SetTag(GenAi.RequestTopP, sampling.TopP)
            .SetTag(GenAi.RequestTopK, sampling.TopK)
            .SetTag(GenAi.RequestSeed, sampling.Seed.ToString(CultureInfo.InvariantCulture)) // 64 bits; attributes have a sign
            .SetTag(GenAi.RequestChoices, request.Choices)
            .SetTag(GenAi.ResponseId, request.Key.Id);
        return sampling.MaxTokens == int.MaxValue ? span : span.SetTag(GenAi.RequestMaxTokens, sampling.MaxTokens);
    }
}
