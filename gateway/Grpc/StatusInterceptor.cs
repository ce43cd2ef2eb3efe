using Grpc.Core;
using Grpc.Core.Interceptors;
using Troupe.Gateway.Errors;
using Troupe.Gateway.Telemetry;

namespace Troupe.Gateway.Grpc;

/// <summary>Gives every call of the service a status that its caller can act on, and counts it.</summary>
internal sealed partial class StatusInterceptor(GatewayMetrics metrics, TimeProvider time, ILogger<StatusInterceptor> logger) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        TResponse? response = default;
        await Run(context, async () => response = await continuation(request, context));
        return response!;
    }

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        Run(context, () => continuation(request, responseStream, context));

    private async Task Run(ServerCallContext context, Func<Task> call)
    {
        try
        {
            await call();
            metrics.Answered(context.Method, StatusCode.OK);
        }
        catch (Exception exception)
        {
            var answer = Answer(exception, context);
            metrics.Answered(context.Method, answer.StatusCode);
            throw answer;
        }
    }

    private RpcException Answer(Exception exception, ServerCallContext context)
    {
        // Whatever a call throws once its caller is gone, the caller's going is why.
        if (context.CancellationToken.IsCancellationRequested)
            return Gone(context);
        switch (exception)
        {
            case RpcException answer:
                return answer;
            case RequestException refused:
                return GrpcStatus.From(refused);
            case SiloUnavailableException or TimeoutException:
                LogStageLost(exception, context.Method);
                return GrpcStatus.From(new RequestException(Fault.Unavailable, "A stage of the cluster did not answer. Try again in a moment."));
            default:
                LogFailed(exception, context.Method);
                return GrpcStatus.From(new RequestException(Fault.Internal, "The gateway made a mistake. Try again; if it happens again, report it with the time: the log names the cause."));
        }
    }

    private RpcException Gone(ServerCallContext context) =>
        time.GetUtcNow().UtcDateTime >= context.Deadline
            ? new RpcException(new Status(StatusCode.DeadlineExceeded, "The call's deadline ended it. Ask for fewer tokens, or set a later deadline."))
            : new RpcException(new Status(StatusCode.Cancelled, "The caller cancelled the call."));
}
