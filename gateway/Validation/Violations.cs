using Troupe.Gateway.Errors;

namespace Troupe.Gateway.Validation;

/// <summary>Collects everything that is wrong with one request, so that a caller learns it all at once.</summary>
internal sealed class Violations
{
    // Details travel in trailers, encoded: clients take 8 KB of those in all.
    private const int MaxCharacters = 2048;
    private const int MaxValueLength = 64;

    private readonly List<FieldViolation> _kept = [];
    private int _characters;
    private int _count;

    /// <param name="field">Path of the field.</param>
    /// <param name="value">What is wrong: <c>is 17</c>, <c>has 3000 bytes</c>.</param>
    /// <param name="limit">What is allowed: <c>from 1 to 16</c>.</param>
    /// <param name="remedy">What to do instead, a sentence.</param>
    public void Add(string field, string value, string limit, string remedy) =>
        Add(field, $"{Shorten(value)}; allowed: {limit}. {remedy}");

    /// <param name="description">Value, limit and remedy, in sentences.</param>
    public void Add(string field, string description)
    {
        _count++;
        _characters += field.Length + description.Length;
        if (_kept.Count == 0 || _characters <= MaxCharacters)
            _kept.Add(new FieldViolation(field, description));
    }

    /// <exception cref="RequestException">Something is wrong.</exception>
    public void ThrowIfAny()
    {
        if (_count == 0)
            return;
        var rest = _count - 1;
        var message = $"{_kept[0]}{(rest == 0 ? "" : rest == 1 ? " (and 1 more problem)" : $" (and {rest} more problems)")}";
        throw new RequestException(Fault.Invalid, message, _kept);
    }

    private static string Shorten(string value) => value.Length <= MaxValueLength ? value : $"{value[..MaxValueLength]}...";
}
