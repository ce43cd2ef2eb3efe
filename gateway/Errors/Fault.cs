namespace Troupe.Gateway.Errors;

/// <summary>Why a request is not served; every protocol of the gateway has a status for each.</summary>
internal enum Fault
{
    /// <summary>The request cannot be served as it is.</summary>
    Invalid,

    /// <summary>No model of that name.</summary>
    UnknownModel,

    /// <summary>No request of that name.</summary>
    UnknownRequest,

    /// <summary>The id belongs to a request with another body.</summary>
    IdInUse,

    /// <summary>No room now.</summary>
    Full,

    /// <summary>A stage that the model needs is not there now.</summary>
    Unavailable,

    /// <summary>Cancelled by somebody else before it began.</summary>
    Cancelled,

    /// <summary>A mistake of ours.</summary>
    Internal,
}
