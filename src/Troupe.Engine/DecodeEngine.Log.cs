using Microsoft.Extensions.Logging;

namespace Troupe.Engine;

public sealed partial class DecodeEngine
{
    [LoggerMessage(LogLevel.Information, "The engine of {Model} decodes up to {MaxRunning} sequences with {StepTokens} rows a step.")]
    private partial void LogStarted(string model, int maxRunning, int stepTokens);

    [LoggerMessage(LogLevel.Information, "The engine of {Model} has stopped.")]
    private partial void LogStopped(string model);
}
