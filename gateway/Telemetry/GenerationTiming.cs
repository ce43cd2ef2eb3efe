using System.Diagnostics;
using Troupe.Contracts.Generation;
using Troupe.Gateway.Errors;

namespace Troupe.Gateway.Telemetry;

/// <summary>Clock and span of one generation, from its arrival.</summary>
internal sealed class GenerationTiming(GatewayMetrics metrics, TimeProvider time)
{
    private readonly long _begin = time.GetTimestamp();
    private long _first;
    private long _last;
    private int _tokensAfterFirst;
    private string? _model;
    private Activity? _span;

    /// <summary>It passed the door.</summary>
    public void Passed(GenerationRequest request)
    {
        _model = request.Model.Name;
        _span = GenerationSpan.Start(request);
    }

    /// <summary>New tokens are here.</summary>
    public void Tokens(int count)
    {
        if (count == 0)
            return;
        _last = time.GetTimestamp();
        if (_first == 0)
        {
            _first = _last;
            metrics.FirstToken(_model, time.GetElapsedTime(_begin, _first));
        }
        else
        {
            _tokensAfterFirst += count;
        }
    }

    public void End(Exception? exception = null)
    {
        if (_tokensAfterFirst > 0)
            metrics.PerToken(_model, time.GetElapsedTime(_first, _last) / _tokensAfterFirst);
        var error = exception is null ? null : ErrorType(exception);
        metrics.Ended(_model, time.GetElapsedTime(_begin), error);
        if (error is not null)
            _span?.SetStatus(ActivityStatusCode.Error, exception!.Message).SetTag(GenAi.ErrorType, error);
        _span?.Dispose();
    }

    private static string ErrorType(Exception exception) => exception switch
    {
        RequestException refused => refused.Fault.ToString(),
        OperationCanceledException => nameof(Fault.Cancelled),
        _ => exception.GetType().Name,
    };
}
