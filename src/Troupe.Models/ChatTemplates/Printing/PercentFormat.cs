using System.Globalization;
using System.Numerics;
using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Semantics;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Printing;

/// <summary>Python's <c>format % arguments</c>.</summary>
internal sealed class PercentFormat
{
    /// <summary>Widths and precisions above this are as good as this one: beyond every limit.</summary>
    private const int MaxSize = 1 << 30;

    private readonly StringValue _format;
    private readonly Value _argument;
    private readonly Budget _budget;
    private readonly TextBuilder _builder;
    private int _at, _next;

    private PercentFormat(StringValue format, Value argument, Budget budget) =>
        (_format, _argument, _budget, _builder) = (format, argument, budget, new TextBuilder(budget));

    private string Text => _format.Text;

    public static StringValue Apply(StringValue format, Value argument, Budget budget) => new PercentFormat(format, argument, budget).Run();

    private StringValue Run()
    {
        _budget.Write(Text.Length);
        while (Text.IndexOf('%', _at) is var percent and >= 0)
        {
            _budget.Step();
            _builder.Append(_format, _at, percent);
            _at = percent + 1;
            Conversion(percent);
        }
        _builder.Append(_format, _at, Text.Length);
        if (_argument is TupleValue tuple ? _next < tuple.Items.Count : _next == 0 && _argument is not (DictValue or ListValue or RangeValue or UndefinedValue))
            throw new EvaluationException("not all arguments converted during string formatting");
        return _builder.ToValue(_format.IsMarkup);
    }

    private void Conversion(int start)
    {
        Value? named = null;
        if (Peek() == '(')
            named = Named();
        var flags = _at;
        while (Peek() is '-' or '+' or ' ' or '#' or '0')
            _at++;
        var spec = Flags(Text.AsSpan(flags, _at - flags));
        if (Size() is { } width)
            spec = width < 0
                ? spec with { Align = '<', Fill = " ", Width = (int)BigInteger.Min(-width, MaxSize) }
                : spec with { Width = (int)BigInteger.Min(width, MaxSize) };
        if (Peek() == '.')
        {
            _at++;
            spec = spec with { Precision = (int)BigInteger.Clamp(Size() ?? 0, 0, MaxSize) };
        }
        while (Peek() is 'h' or 'l' or 'L')
            _at++;
        var type = Peek() ?? throw new EvaluationException("incomplete format");
        _at++;
        if (type == '%')
        {
            _builder.Append(_format, _at - 1, _at);
            return;
        }
        Write(named ?? Next(), spec with { Type = type }, _format.IsCaller(start, _at));
    }

    private char? Peek() => _at < Text.Length ? Text[_at] : null;

    private static FormatSpec Flags(ReadOnlySpan<char> flags)
    {
        var left = flags.Contains('-');
        return new FormatSpec
        {
            Align = left ? '<' : flags.Contains('0') ? '=' : '>',
            Fill = !left && flags.Contains('0') ? "0" : " ",
            Sign = flags.Contains('+') ? '+' : flags.Contains(' ') ? ' ' : '-',
            Alternate = flags.Contains('#'),
        };
    }

    private BigInteger? Size()
    {
        if (Peek() == '*')
        {
            _at++;
            return (Next() as NumberValue)?.Whole ?? throw new EvaluationException("* wants int");
        }
        var start = _at;
        while (Peek() is >= '0' and <= '9')
            _at++;
        if (_at - start > 9)
            throw new EvaluationException("width too big");
        return _at > start ? int.Parse(Text.AsSpan(start, _at - start), CultureInfo.InvariantCulture) : null;
    }

    private Value Named()
    {
        if (_argument is not DictValue dict)
            throw new EvaluationException("format requires a mapping");
        var start = ++_at;
        for (var depth = 1; depth > 0; _at++)
            depth += Peek() switch { '(' => 1, ')' => -1, null => throw new EvaluationException("incomplete format key"), _ => 0 };
        _next = 1;
        var key = _format.Units(start, _at - 1, _budget);
        return dict.GetItem(key, _budget) ?? throw new EvaluationException($"the format asks for the missing key '{Excerpt.Of(key.Text)}'");
    }

    private Value Next() => _argument switch
    {
        TupleValue tuple when _next < tuple.Items.Count => tuple.Items[_next++],
        not TupleValue when _next++ == 0 => _argument,
        _ => throw new EvaluationException("not enough arguments for format string"),
    };

    private void Write(Value value, FormatSpec spec, bool fromCaller)
    {
        switch (spec.Type)
        {
            case 's' or 'r':
                var text = spec.Type == 's' ? Printer.SoftStr(value, _budget) : Printer.Repr(value, _budget);
                if (_format.IsMarkup)
                    text = Html.Escape(text, _budget);
                Pad("", ValueFormat.Cut(text, spec.Precision, _budget), spec with { Fill = " " }, fromCaller);
                break;
            case 'c' when value is StringValue character:
                if (character.CodePointCount != 1)
                    throw new EvaluationException("%c requires int or char");
                Pad("", character, spec with { Fill = " " }, fromCaller);
                break;
            case 'd' or 'i' or 'u' or 'o' or 'x' or 'X' or 'c':
                Whole(value, spec, fromCaller);
                break;
            case 'e' or 'E' or 'f' or 'F' or 'g' or 'G':
                if (value is UndefinedValue undefined)
                    throw undefined.Error();
                var real = value as NumberValue ?? throw new EvaluationException($"must be real number, not {value.TypeName}");
                Number(NumberFormat.Format(real is FloatValue ? real : new FloatValue(real.Real), spec), spec, fromCaller || real.FromCaller);
                break;
            default:
                throw new EvaluationException($"unsupported format character '{spec.Type}'");
        }
    }

    private void Whole(Value value, FormatSpec spec, bool fromCaller)
    {
        if (value is UndefinedValue undefined)
            throw undefined.Error();
        var number = value as NumberValue ?? throw new EvaluationException($"%{spec.Type} format: a real number is required, not {value.TypeName}");
        var decimalType = spec.Type is 'd' or 'i' or 'u';
        if (number.Whole is null && (!decimalType || !double.IsFinite(number.Real)))
            throw new EvaluationException($"%{spec.Type} format: an integer is required, not {value.TypeName}");
        var whole = number.Whole ?? new BigInteger(Math.Truncate(number.Real));
        var (sign, digits) = NumberFormat.Format(new IntValue(whole), spec with { Type = decimalType ? 'd' : spec.Type, Precision = null });
        if (spec.Precision is > FloatText.MaxPrecision)
            throw new EvaluationException($"a precision of {spec.Precision} digits is asked for; {FloatText.MaxPrecision} is the limit.");
        Number((sign, digits.PadLeft(spec.Precision ?? 0, '0')), spec.Type == 'c' ? spec with { Fill = " " } : spec, fromCaller || number.FromCaller);
    }

    private void Number((string Sign, string Digits) number, FormatSpec spec, bool fromCaller)
    {
        _budget.Write(NumberFormat.Work * (long)number.Digits.Length);
        Pad(number.Sign, StringValue.Of(number.Digits, fromCaller), spec, fromCaller);
    }

    private void Pad(string sign, StringValue text, FormatSpec spec, bool fromCaller)
    {
        var missing = Math.Max(0, spec.Width - sign.Length - text.CodePointCount);
        var zeros = spec.Fill == "0";
        if (spec.Align != '<' && !zeros)
            _builder.Append(' ', missing, fromCaller);
        _builder.Append(sign, fromCaller);
        if (spec.Align != '<' && zeros)
            _builder.Append('0', missing, fromCaller);
        if (fromCaller)                                         // a caller's conversion decides what stands here
            _builder.Append(text.Text, fromCaller: true);
        else
            _builder.Append(text);
        if (spec.Align == '<')
            _builder.Append(' ', missing, fromCaller);
    }
}
