using System.Text;
using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Methods;
using Troupe.Models.ChatTemplates.Printing;
using Troupe.Models.ChatTemplates.Semantics;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Filters;

/// <summary>Filters that give text.</summary>
internal static class TextFilters
{
    public static IReadOnlyDictionary<string, Filter> All { get; } = new Dictionary<string, Filter>
    {
        ["center"] = Center,
        ["e"] = Escape,
        ["escape"] = Escape,
        ["forceescape"] = ForceEscape,
        ["format"] = Format,
        ["indent"] = Indent,
        ["replace"] = Replace,
        ["safe"] = Safe,
        ["string"] = String,
        ["trim"] = Trim,
        ["truncate"] = Truncate,
        ["urlencode"] = UrlEncode,
        ["wordcount"] = WordCount,
    };

    private static StringValue Center(Value input, Arguments arguments, RenderSession session)
    {
        var width = arguments.Bind("center", 0, "width")[0];
        return Padding.Center(Printer.SoftStr(input, session.Budget), width is null ? 80 : Indexes.Clamped(width), StringValue.Template(" "), session.Budget);
    }

    private static StringValue Escape(Value input, Arguments arguments, RenderSession session)
    {
        arguments.Bind("escape", 0);
        return Html.Escape(Printer.SoftStr(input, session.Budget), session.Budget);
    }

    private static StringValue ForceEscape(Value input, Arguments arguments, RenderSession session)
    {
        arguments.Bind("forceescape", 0);
        return Html.Escape(Printer.Str(input, session.Budget), session.Budget);
    }

    private static StringValue Safe(Value input, Arguments arguments, RenderSession session)
    {
        arguments.Bind("safe", 0);
        return Printer.Str(input, session.Budget).As(markup: true);
    }

    private static StringValue String(Value input, Arguments arguments, RenderSession session)
    {
        arguments.Bind("string", 0);
        return Printer.SoftStr(input, session.Budget);
    }

    private static StringValue Format(Value input, Arguments arguments, RenderSession session)
    {
        if (arguments.Positional.Count > 0 && arguments.Keywords.Count > 0)
            throw new EvaluationException("can't handle positional and keyword arguments at the same time");
        Value values = arguments.Keywords.Count > 0 ? arguments.KeywordsAsDict(session.Budget) : new TupleValue(arguments.Positional);
        return PercentFormat.Apply(Printer.SoftStr(input, session.Budget), values, session.Budget);
    }

    private static StringValue Indent(Value input, Arguments arguments, RenderSession session)
    {
        var budget = session.Budget;
        var bound = arguments.Bind("indent", 0, "width", "first", "blank");
        if (input is UndefinedValue undefined)
            throw undefined.Error();
        var text = input as StringValue ?? throw new EvaluationException($"indent takes a string, not {input.TypeName}");
        var indention = bound[0] as StringValue ?? Padding.Spaces(bound[0] is { } width ? Indexes.Clamped(width) : 4, budget);
        if (text.IsMarkup)
            indention = Html.Escape(indention, budget);
        var (first, blank) = (bound[1]?.IsTrue ?? false, bound[2]?.IsTrue ?? false);
        var builder = new TextBuilder(budget);
        var lines = Splitting.Lines(text, keepEnds: false, budget);
        if (text.Text.Length == 0 || PythonCharacters.IsLineEnd(text.Text[^1]))
            lines = [.. lines, StringValue.Empty];
        for (var i = 0; i < lines.Count; i++)
        {
            if (i > 0)
                builder.Append("\n", fromCaller: false);
            if (i == 0 ? first : blank || lines[i].Text.Length > 0)
                builder.Append(indention);
            builder.Append(lines[i]);
        }
        return builder.ToValue(text.IsMarkup);
    }

    private static StringValue Replace(Value input, Arguments arguments, RenderSession session)
    {
        var budget = session.Budget;
        var bound = arguments.Bind("replace", 2, "old", "new", "count");
        var count = bound[2] is null or NoneValue ? -1 : Indexes.Clamped(bound[2]!);
        return Replacing.Replace(Printer.Str(input, budget), Printer.Str(bound[0]!, budget), Printer.Str(bound[1]!, budget), count, budget);
    }

    private static StringValue Trim(Value input, Arguments arguments, RenderSession session)
    {
        var characters = arguments.Bind("trim", 0, "chars")[0];
        return Stripping.Strip(Printer.SoftStr(input, session.Budget), characters, left: true, right: true, session.Budget);
    }

    private static Value Truncate(Value input, Arguments arguments, RenderSession session)
    {
        var budget = session.Budget;
        var bound = arguments.Bind("truncate", 0, "length", "killwords", "end", "leeway");
        var end = bound[2] is null ? StringValue.Template("...") : bound[2] as StringValue ?? throw new EvaluationException("truncate takes a string as its end");
        var length = bound[0] is null ? 255 : Indexes.Clamped(bound[0]!);
        var leeway = bound[3] is null or NoneValue ? 5 : Indexes.Clamped(bound[3]!);
        if (length < end.CodePointCount || leeway < 0)
            throw new EvaluationException($"truncate expects a length of at least {end.CodePointCount} and no negative leeway, got {length} and {leeway}");
        if (Iteration.Length(input) <= (long)length + leeway)
            return input;
        var text = input as StringValue ?? throw new EvaluationException($"truncate takes a string, not {input.TypeName}");
        var cut = ValueFormat.Cut(text, length - end.CodePointCount, budget);
        var space = bound[1]?.IsTrue == true ? -1 : cut.Text.LastIndexOf(' ');
        var builder = new TextBuilder(budget);
        builder.Append(cut, 0, space < 0 ? cut.Text.Length : space);
        builder.Append(end);
        return builder.ToValue(text.IsMarkup);
    }

    private static StringValue UrlEncode(Value input, Arguments arguments, RenderSession session)
    {
        var budget = session.Budget;
        arguments.Bind("urlencode", 0);
        var builder = new TextBuilder(budget);
        if (input is StringValue || input.Iterate(budget) is not { } elements)
        {
            Quote(Printer.SoftStr(input, budget), query: false, builder);
            return builder.ToValue();
        }
        foreach (var pair in input is DictValue dict ? new DictViewValue(dict, "items").Iterate(budget) : elements)
        {
            var parts = pair.Iterate(budget)?.Take(3).ToArray();
            if (parts is not [var key, var value])
                throw new EvaluationException("urlencode takes a string, a mapping or pairs");
            if (builder.Length > 0)
                builder.Append("&", fromCaller: false);
            Quote(Printer.SoftStr(key, budget), query: true, builder);
            builder.Append("=", fromCaller: false);
            Quote(Printer.SoftStr(value, budget), query: true, builder);
        }
        return builder.ToValue();
    }

    private static void Quote(StringValue text, bool query, TextBuilder builder)
    {
        for (int at = 0, width; at < text.Text.Length; at += width)
        {
            width = CodePoints.Width(text.Text, at);
            var character = text.Text[at];
            if (char.IsAsciiLetterOrDigit(character) || character is '_' or '.' or '-' or '~' || (character == '/' && !query))
                builder.Append(text, at, at + 1);
            else if (character == ' ' && query)
                builder.Append("+", text.IsCaller(at, at + 1));
            else
                foreach (var value in Encoding.UTF8.GetBytes(text.Text.Substring(at, width)))
                    builder.Append($"%{value:X2}", text.IsCaller(at, at + width));
        }
    }

    private static IntValue WordCount(Value input, Arguments arguments, RenderSession session)
    {
        arguments.Bind("wordcount", 0);
        var text = Printer.SoftStr(input, session.Budget).Text;
        session.Budget.Write(text.Length);
        var (count, inWord) = (0, false);
        for (var at = 0; at < text.Length; at += CodePoints.Width(text, at))
        {
            var isWord = PythonCharacters.IsWord(CodePoints.Value(text, at));
            count += isWord && !inWord ? 1 : 0;
            inWord = isWord;
        }
        return new IntValue(count);
    }
}
