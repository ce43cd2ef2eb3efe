using System.Collections.Frozen;
using System.Text;
using Troupe.Models.ChatTemplates.Evaluation;
using Troupe.Models.ChatTemplates.Printing;
using Troupe.Models.ChatTemplates.Semantics;
using Troupe.Models.ChatTemplates.Values;

namespace Troupe.Models.ChatTemplates.Methods;

/// <summary>The methods of strings.</summary>
internal static class StringMethods
{
    private static readonly FrozenDictionary<string, Method<StringValue>> All = new Dictionary<string, Method<StringValue>>
    {
        ["capitalize"] = Change("capitalize", Casing.Capitalize),
        ["casefold"] = Change("casefold", Casing.Fold),
        ["center"] = Pad("center", Padding.Center),
        ["encode"] = Unsupported("encode"),
        ["endswith"] = (self, arguments, session) => SearchMethods.HasAffix("endswith", self, arguments, session),
        ["expandtabs"] = ExpandTabs,
        ["format"] = (self, arguments, session) => BraceFormat.Apply(self, arguments.Positional, arguments.KeywordsAsDict(session.Budget), session),
        ["format_map"] = FormatMap,
        ["isalnum"] = Ask("isalnum", text => CharacterClasses.All(text, PythonCharacters.IsAlphanumeric)),
        ["isalpha"] = Ask("isalpha", text => CharacterClasses.All(text, PythonCharacters.IsAlpha)),
        ["isascii"] = Ask("isascii", text => Ascii.IsValid(text)),
        ["isdecimal"] = Ask("isdecimal", text => CharacterClasses.All(text, PythonCharacters.IsDecimal)),
        ["isdigit"] = Ask("isdigit", text => CharacterClasses.All(text, PythonCharacters.IsDigit)),
        ["isidentifier"] = Ask("isidentifier", CharacterClasses.IsIdentifier),
        ["islower"] = Ask("islower", CharacterClasses.IsLower),
        ["isnumeric"] = Ask("isnumeric", text => CharacterClasses.All(text, PythonCharacters.IsNumeric)),
        ["isprintable"] = Ask("isprintable", text => text.Length == 0 || CharacterClasses.All(text, PythonCharacters.IsPrintable)),
        ["isspace"] = Ask("isspace", text => CharacterClasses.All(text, PythonCharacters.IsSpace)),
        ["istitle"] = Ask("istitle", CharacterClasses.IsTitle),
        ["isupper"] = Ask("isupper", CharacterClasses.IsUpper),
        ["join"] = Join,
        ["ljust"] = Pad("ljust", Padding.Left),
        ["lower"] = Change("lower", Casing.Lower),
        ["lstrip"] = Strip("lstrip", left: true, right: false),
        ["maketrans"] = Unsupported("maketrans"),
        ["removeprefix"] = RemovePrefix,
        ["removesuffix"] = RemoveSuffix,
        ["replace"] = Replace,
        ["rjust"] = Pad("rjust", Padding.Right),
        ["rsplit"] = Split("rsplit", fromRight: true),
        ["rstrip"] = Strip("rstrip", left: false, right: true),
        ["split"] = Split("split", fromRight: false),
        ["splitlines"] = SplitLines,
        ["startswith"] = (self, arguments, session) => SearchMethods.HasAffix("startswith", self, arguments, session),
        ["strip"] = Strip("strip", left: true, right: true),
        ["swapcase"] = Change("swapcase", Casing.SwapCase),
        ["title"] = Change("title", Casing.Title),
        ["translate"] = Unsupported("translate"),
        ["upper"] = Change("upper", Casing.Upper),
        ["zfill"] = (self, arguments, session) => Padding.Zeros(self, Indexes.Clamped(arguments.Bind("zfill", 1, "/width")[0]!), session.Budget),
    }.Concat(SearchMethods.All).ToFrozenDictionary();

    public static Value? Find(StringValue self, string name) =>
        All.TryGetValue(name, out var method) ? new BuiltinFunction(name, (arguments, session) => method(self, arguments, session)) : null;

    /// <summary>An argument that must be a string.</summary>
    public static StringValue Text(string method, Value? value) =>
        value as StringValue ?? throw new EvaluationException($"{method}() takes a string, not {value?.TypeName ?? "nothing"}");

    private static Method<StringValue> Change(string name, Func<StringValue, Budget, StringValue> change) => (self, arguments, session) =>
    {
        arguments.Bind(name, 0);
        return change(self, session.Budget);
    };

    private static Method<StringValue> Ask(string name, Func<string, bool> ask) => (self, arguments, session) =>
    {
        arguments.Bind(name, 0);
        session.Budget.Write(self.Text.Length);
        return BoolValue.Of(ask(self.Text));
    };

    private static Method<StringValue> Pad(string name, Func<StringValue, int, StringValue, Budget, StringValue> pad) => (self, arguments, session) =>
    {
        var bound = arguments.Bind(name, 1, "/width", "/fillchar");
        var fill = bound[1] is null ? StringValue.Template(" ") : Text(name, bound[1]);
        return pad(self, Indexes.Clamped(bound[0]!), fill, session.Budget);
    };

    private static Method<StringValue> Strip(string name, bool left, bool right) => (self, arguments, session) =>
        Stripping.Strip(self, arguments.Bind(name, 0, "/chars")[0], left, right, session.Budget);

    private static Method<StringValue> Split(string name, bool fromRight) => (self, arguments, session) =>
    {
        var bound = arguments.Bind(name, 0, "sep", "maxsplit");
        var limit = bound[1] is null ? -1 : Indexes.Clamped(bound[1]!);
        return new ListValue(bound[0] is null or NoneValue
            ? Splitting.Words(self, limit, fromRight, session.Budget)
            : Splitting.By(self, Text(name, bound[0]).Text, limit, fromRight, session.Budget));
    };

    private static Method<StringValue> Unsupported(string name) => (_, _, _) =>
        throw new EvaluationException($"the string method '{name}' is not supported.");

    private static ListValue SplitLines(StringValue self, Arguments arguments, RenderSession session) =>
        new(Splitting.Lines(self, arguments.Bind("splitlines", 0, "keepends")[0]?.IsTrue ?? false, session.Budget));

    private static StringValue Replace(StringValue self, Arguments arguments, RenderSession session)
    {
        var bound = arguments.Bind("replace", 2, "/old", "/new", "count");
        var replacement = Text("replace", bound[1]);
        return Replacing.Replace(
            self,
            Text("replace", bound[0]),
            self.IsMarkup ? Html.Escape(replacement, session.Budget) : replacement,
            bound[2] is null ? -1 : Indexes.Clamped(bound[2]!),
            session.Budget);
    }

    private static StringValue RemovePrefix(StringValue self, Arguments arguments, RenderSession session)
    {
        var prefix = Text("removeprefix", arguments.Bind("removeprefix", 1, "/prefix")[0]).Text;
        session.Budget.Search(prefix.Length);
        return self.Text.StartsWith(prefix, StringComparison.Ordinal) ? self.Units(prefix.Length, self.Text.Length, session.Budget) : self;
    }

    private static StringValue RemoveSuffix(StringValue self, Arguments arguments, RenderSession session)
    {
        var suffix = Text("removesuffix", arguments.Bind("removesuffix", 1, "/suffix")[0]).Text;
        session.Budget.Search(suffix.Length);
        return self.Text.EndsWith(suffix, StringComparison.Ordinal) ? self.Units(0, self.Text.Length - suffix.Length, session.Budget) : self;
    }

    private static StringValue Join(StringValue self, Arguments arguments, RenderSession session)
    {
        var builder = new TextBuilder(session.Budget);
        var index = 0;
        foreach (var item in Iteration.Over(arguments.Bind("join", 1, "/iterable")[0]!, session.Budget))
        {
            var text = self.IsMarkup ? Html.Escape(Printer.SoftStr(item, session.Budget), session.Budget)
                : item as StringValue ?? throw new EvaluationException($"sequence item {index}: expected str instance, {item.TypeName} found");
            if (index++ > 0)
                builder.Append(self);
            builder.Append(text);
        }
        return builder.ToValue(self.IsMarkup);
    }

    private static StringValue ExpandTabs(StringValue self, Arguments arguments, RenderSession session)
    {
        var size = arguments.Bind("expandtabs", 0, "tabsize")[0] is { } argument ? Indexes.Clamped(argument) : 8;
        var builder = new TextBuilder(session.Budget);
        for (int at = 0, column = 0, width; at < self.Text.Length; at += width)
        {
            width = CodePoints.Width(self.Text, at);
            var spaces = size > 0 ? size - (column % size) : 0;
            if (self.Text[at] == '\t')
                builder.Append(' ', spaces, self.IsCaller(at, at + 1));
            else
                builder.Append(self, at, at + width);
            column = self.Text[at] is '\n' or '\r' ? 0 : column + (self.Text[at] == '\t' ? spaces : 1);
        }
        return builder.ToValue(self.IsMarkup);
    }

    private static StringValue FormatMap(StringValue self, Arguments arguments, RenderSession session) =>
        BraceFormat.Apply(self, [], arguments.Bind("format_map", 1, "/mapping")[0]!, session);
}
