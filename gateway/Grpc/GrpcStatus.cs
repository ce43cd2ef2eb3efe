using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Troupe.Gateway.Errors;

namespace Troupe.Gateway.Grpc;

/// <summary>What a gRPC client is told of a request that is not served.</summary>
internal static class GrpcStatus
{
    private const string Domain = "troupe";
    private const int MaxMessageLength = 1024; // trailers have little room
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    public static RpcException From(RequestException exception)
    {
        var (code, reason) = Of(exception.Fault);
        var message = exception.Message.Length <= MaxMessageLength ? exception.Message : $"{exception.Message[..MaxMessageLength]}...";
        var status = new Google.Rpc.Status { Code = (int)code, Message = message };
        status.Details.Add(Any.Pack(new ErrorInfo { Domain = Domain, Reason = reason }));
        if (exception.Violations.Count > 0)
            status.Details.Add(Any.Pack(BadRequest(exception.Violations)));
        if (exception.Fault is Fault.Full or Fault.Unavailable)
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(RetryDelay) }));
        return status.ToRpcException();
    }

    private static (StatusCode Code, string Reason) Of(Fault fault) => fault switch
    {
        Fault.Invalid => (StatusCode.InvalidArgument, "INVALID_REQUEST"),
        Fault.UnknownModel => (StatusCode.NotFound, "UNKNOWN_MODEL"),
        Fault.UnknownRequest => (StatusCode.NotFound, "UNKNOWN_REQUEST"),
        Fault.IdInUse => (StatusCode.AlreadyExists, "REQUEST_ID_IN_USE"),
        Fault.Full => (StatusCode.ResourceExhausted, "CLUSTER_FULL"),
        Fault.Unavailable => (StatusCode.Unavailable, "STAGE_UNAVAILABLE"),
        Fault.Cancelled => (StatusCode.Cancelled, "CANCELLED"),
        _ => (StatusCode.Internal, "INTERNAL"),
    };

    private static BadRequest BadRequest(IReadOnlyList<FieldViolation> violations)
    {
        var details = new BadRequest();
        foreach (var (field, description) in violations)
            details.FieldViolations.Add(new BadRequest.Types.FieldViolation { Field = field, Description = description });
        return details;
    }
}
