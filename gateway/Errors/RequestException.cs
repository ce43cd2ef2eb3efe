using Troupe.Contracts.Generation;

namespace Troupe.Gateway.Errors;

/// <summary>A request that is not served. The message is for the caller: what is wrong, and what to do.</summary>
internal sealed class RequestException(Fault fault, string message, IReadOnlyList<FieldViolation>? violations = null) : Exception(message)
{
    public Fault Fault { get; } = fault;

    /// <summary>The fields at fault, with <see cref="Fault.Invalid"/>; empty when no single field is.</summary>
    public IReadOnlyList<FieldViolation> Violations { get; } = violations ?? [];

    /// <summary>What the cluster refused; its reasons end with a remedy where the caller has one that the cluster knows of.</summary>
    public static RequestException From(Refusal refusal) => refusal.Kind switch
    {
        RefusalKind.Invalid => new(Fault.Invalid, refusal.Reason),
        RefusalKind.IdInUse => new(Fault.IdInUse, refusal.Reason),
        RefusalKind.Full => new(Fault.Full, refusal.Reason),
        RefusalKind.Unavailable => new(Fault.Unavailable, refusal.Reason),
        RefusalKind.Cancelled => new(Fault.Cancelled, $"{refusal.Reason} Send it again under a new request_id if the answer is still wanted."),
        _ => new(Fault.Internal, $"{refusal.Reason} Try again; if it happens again, report it with the request_id."),
    };
}
