using Microsoft.Extensions.Logging;

namespace Troupe.Engine.Scheduling;

internal sealed partial class StepLoop
{
    [LoggerMessage(LogLevel.Error, "Request {Key} failed.")]
    private partial void LogRequestFailed(Exception exception, GenerationKey key);

    [LoggerMessage(LogLevel.Warning, "A step of {Sequences} sequences failed; each is tried alone.")]
    private partial void LogStepFailed(Exception exception, int sequences);

    [LoggerMessage(LogLevel.Error, "A receiver of tokens threw; its chunks of this step are lost.")]
    private partial void LogReceiverFailed(Exception exception);

    [LoggerMessage(LogLevel.Error, "The cache of request {Key} could not be freed.")]
    private partial void LogCacheNotFreed(Exception exception, GenerationKey key);

    [LoggerMessage(LogLevel.Critical, "The engine's loop broke; every request in it fails.")]
    private partial void LogLoopFailed(Exception exception);
}
