using Troupe.Gateway.Errors;

namespace Troupe.Gateway.Telemetry;

/// <summary>The clock of one generation, from its arrival.</summary>
internal sealed class GenerationTiming(GatewayMetrics metrics, TimeProvider time)
{
    private readonly long _begin = time.GetTimestamp();
    private long _first;
    private long _last;
    private int _tokensAfterFirst;

    /// <summary>Name of the model once it is known.</summary>
    public string? Model { get; set; }

    /// <summary>New tokens are here.</summary>
    public void Tokens(int count)
    {
        if (count == 0)
            return;
        _last = time.GetTimestamp();
        if (_first == 0)
        {
            _first = _last;
            metrics.FirstToken(Model, time.GetElapsedTime(_begin, _first));
        }
        else
        {
            _tokensAfterFirst += count;
        }
    }

    public void End(Exception? exception = null)
    {
        if (_tokensAfterFirst > 0)
            metrics.PerToken(Model, time.GetElapsedTime(_first, _last) / _tokensAfterFirst);
        metrics.Ended(Model, time.GetElapsedTime(_begin), exception is null ? null : ErrorType(exception));
    }

    private static string ErrorType(Exception exception) => exception switch
    {
        RequestException refused => refused.Fault.ToString(),
        OperationCanceledException => nameof(Fault.Cancelled),
        _ => exception.GetType().Name,
    };
}
