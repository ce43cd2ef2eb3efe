using Troupe.Gateway.Validation;

namespace Troupe.Gateway.Tests.Fakes;

internal sealed class FixedRandom : IRandomSource
{
    private int _ids;

    public ulong Seed() => 4242;

    public string RequestId() => $"chosen-{Interlocked.Increment(ref _ids)}";
}
