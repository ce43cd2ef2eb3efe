namespace Troupe.Gateway.Telemetry;

/// <summary>Names of the OpenTelemetry conventions for generative AI, which are still moving: they stand here alone.</summary>
internal static class GenAi
{
    public const string RequestDuration = "gen_ai.server.request.duration";
    public const string TimeToFirstToken = "gen_ai.server.time_to_first_token";
    public const string TimePerOutputToken = "gen_ai.server.time_per_output_token";

    public const string OperationName = "gen_ai.operation.name";
    public const string Chat = "chat";
    public const string ProviderName = "gen_ai.provider.name";
    public const string Troupe = "troupe";
    public const string RequestModel = "gen_ai.request.model";
    public const string RequestMaxTokens = "gen_ai.request.max_tokens";
    public const string RequestTemperature = "gen_ai.request.temperature";
    public const string RequestTopP = "gen_ai.request.top_p";
    public const string RequestTopK = "gen_ai.request.top_k";
    public const string RequestSeed = "gen_ai.request.seed";
    public const string RequestChoices = "gen_ai.request.choice.count";
    public const string ResponseId = "gen_ai.response.id";
    public const string ErrorType = "error.type";

    /// <summary>Upper bounds of buckets, in seconds: 0.01 doubled up to 81.92.</summary>
    public static IReadOnlyList<double> DurationBuckets { get; } = [.. Enumerable.Range(0, 14).Select(power => 0.01 * Math.Pow(2, power))];

    /// <summary>Upper bounds of buckets, in seconds, for the time of one token.</summary>
    public static IReadOnlyList<double> TokenBuckets { get; } = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5];
}
