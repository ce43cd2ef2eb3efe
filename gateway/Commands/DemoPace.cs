using System.Diagnostics;

namespace Troupe.Gateway.Commands;

/// <summary>How fast one answer comes, as its client sees it.</summary>
/// <param name="clock">Started when the question was sent.</param>
internal sealed class DemoPace(Stopwatch clock)
{
    private int _first;
    private int _afterFirst;
    private TimeSpan _last;

    public TimeSpan TimeToFirstToken { get; private set; }

    /// <summary>Of the tokens after the first event; of all of them when there was but one.</summary>
    public double TokensPerSecond => _afterFirst > 0
        ? _afterFirst / (_last - TimeToFirstToken).TotalSeconds
        : _first / Math.Max(TimeToFirstToken.TotalSeconds, 1e-9);

    public void Tokens(int count)
    {
        _last = clock.Elapsed;
        if (_first == 0)
            (_first, TimeToFirstToken) = (count, _last);
        else
            _afterFirst += count;
    }
}
