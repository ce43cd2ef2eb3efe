namespace Troupe.Grains.Protocol;

/// <summary>Many callers, one piece of work: the first starts it, the last to leave before its end abandons it. Not safe for concurrent use.</summary>
internal sealed class SingleFlight
{
    /// <summary>Callers that wait now.</summary>
    public int Waiting { get; private set; }

    public bool InFlight { get; private set; }

    /// <summary>One caller more.</summary>
    /// <returns>Whether this one must start the work.</returns>
    public bool Join()
    {
        Waiting++;
        if (InFlight)
            return false;
        return InFlight = true;
    }

    /// <summary>A caller waits no longer: it has the result, or was cancelled.</summary>
    /// <returns>Whether the work is to be abandoned: nobody waits for it any more.</returns>
    public bool Leave()
    {
        Waiting--;
        if (Waiting > 0 || !InFlight)
            return false;
        InFlight = false;
        return true;
    }

    /// <summary>The work ended, well or badly; who joins next starts it again.</summary>
    public void Finish() => InFlight = false;
}
