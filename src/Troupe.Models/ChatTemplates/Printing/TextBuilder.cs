using System.Text;
using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Values;
using Troupe.Models.Text;

namespace Troupe.Models.ChatTemplates.Printing;

/// <summary>Writes a string while keeping track of which characters came from a caller.</summary>
internal sealed class TextBuilder(Budget budget)
{
    private readonly StringBuilder _text = new();
    private readonly List<TextSpan> _caller = [];

    public int Length => _text.Length;

    public void Append(string text, bool fromCaller)
    {
        Charge(text.Length);
        if (fromCaller)
            Mark(_text.Length, _text.Length + text.Length);
        _text.Append(text);
    }

    public void Append(char character, int count, bool fromCaller)
    {
        if (count <= 0)
            return;
        Charge(count);
        if (fromCaller)
            Mark(_text.Length, _text.Length + count);
        _text.Append(character, count);
    }

    public void Append(StringValue value) => Append(value, 0, value.Text.Length);

    /// <summary>The UTF-16 units [start, end) of a string.</summary>
    public void Append(StringValue value, int start, int end)
    {
        Charge(end - start);
        var shift = _text.Length - start;
        for (var at = value.FirstSpanAfter(start); at < value.Caller.Length && value.Caller[at].Start < end; at++)
            Mark(Math.Max(value.Caller[at].Start, start) + shift, Math.Min(value.Caller[at].End, end) + shift);
        _text.Append(value.Text, start, end - start);
    }

    public StringValue ToValue(bool markup = false) =>
        _text.Length == 0 && !markup ? StringValue.Empty : new StringValue(_text.ToString(), [.. _caller], markup);

    public ProvenanceText ToProvenanceText() => new(_text.ToString(), [.. _caller]);

    private void Charge(long count)
    {
        if (_text.Length + count > budget.Limits.MaxTextLength)
            throw new EvaluationException(
                $"a text grows beyond {budget.Limits.MaxTextLength} characters ({nameof(ChatTemplateLimits.MaxTextLength)}).");
        budget.Write(count);
    }

    private void Mark(int start, int end)
    {
        if (start >= end)
            return;
        if (_caller.Count > 0 && _caller[^1].End == start)
            _caller[^1] = new TextSpan(_caller[^1].Start, end);
        else
            _caller.Add(new TextSpan(start, end));
    }
}
