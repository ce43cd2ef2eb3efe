using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Troupe.Gateway.Commands;

/// <summary>Options whose value is a whole number within limits.</summary>
internal static class NumberOption
{
    public static Option<int?> Create(string name, string description, int least, int most, bool recursive = false) => new(name)
    {
        Description = description,
        HelpName = "N",
        Recursive = recursive,
        CustomParser = result => Parse(result, name, least, most),
    };

    private static int? Parse(ArgumentResult result, string name, int least, int most)
    {
        var text = result.Tokens.Count > 0 ? result.Tokens[^1].Value : "";
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        result.AddError($"{name} is '{text}'; it must be a number from {least} {(most == int.MaxValue ? "up" : $"to {most}")}.");
        return null;
    }
}
