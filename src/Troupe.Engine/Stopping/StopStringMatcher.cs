using System.Text;

namespace Troupe.Engine.Stopping;

/// <summary>
/// Ends a text before the first stop string: the one that is complete first, of several that end together the longest. Text is held back
/// only while it may be the beginning of one. What comes out depends on the text alone, not on how it was cut into pieces.
/// </summary>
internal sealed class StopStringMatcher(IReadOnlyList<string> stopStrings)
{
    private readonly string[] _stops = [.. stopStrings.OrderByDescending(stop => stop.Length)];
    private readonly StringBuilder _held = new();

    /// <summary>A stop string was found: nothing comes after it.</summary>
    public bool Stopped { get; private set; }

    /// <summary>Takes a piece of text, gives what can no longer be part of a stop string.</summary>
    public string Append(string text)
    {
        if (_stops.Length == 0 || Stopped)
            return Stopped ? "" : text;

        var released = new StringBuilder();
        foreach (var character in text)
        {
            _held.Append(character);
            foreach (var stop in _stops)
            {
                if (!HeldEndsWith(stop, stop.Length))
                    continue;

                Stopped = true;
                released.Append(_held, 0, _held.Length - stop.Length);
                _held.Clear();
                return released.ToString();
            }

            var free = _held.Length - LongestBeginning();
            released.Append(_held, 0, free);
            _held.Remove(0, free);
        }

        return released.ToString();
    }

    /// <summary>What is still held, at the end of the stream.</summary>
    public string Flush()
    {
        var rest = _held.ToString();
        _held.Clear();
        return rest;
    }

    /// <summary>Length of the longest end of the held text with which a stop string begins.</summary>
    private int LongestBeginning()
    {
        for (var length = _held.Length; length > 0; length--)
        {
            foreach (var stop in _stops)
            {
                if (length < stop.Length && HeldEndsWith(stop, length))
                    return length;
            }
        }

        return 0;
    }

    private bool HeldEndsWith(string stop, int length)
    {
        if (_held.Length < length)
            return false;

        var offset = _held.Length - length;
        for (var i = length - 1; i >= 0; i--)
        {
            if (_held[offset + i] != stop[i])
                return false;
        }

        return true;
    }
}
