namespace Troupe.Gateway.Validation;

/// <summary>What the gateway chooses for a caller who did not.</summary>
internal interface IRandomSource
{
    /// <summary>A seed for sampling.</summary>
    ulong Seed();

    /// <summary>An id that no other request has.</summary>
    string RequestId();
}
