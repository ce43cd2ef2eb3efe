namespace Troupe.Gateway.Grpc;

internal sealed partial class StatusInterceptor
{
    [LoggerMessage(LogLevel.Error, "{Method} failed.")]
    private partial void LogFailed(Exception exception, string method);

    [LoggerMessage(LogLevel.Warning, "{Method} lost a stage of the cluster.")]
    private partial void LogStageLost(Exception exception, string method);
}
