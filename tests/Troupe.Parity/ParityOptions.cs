using System.IO.Enumeration;

namespace Troupe.Parity;

/// <summary>What the command line asks for.</summary>
public sealed record ParityOptions
{
    public const string Usage = """
        parity DIR... [--model DIR] [--only GLOB]... [--except GLOB]... [--device NAME]

        Runs every case that a reference folder records through the product and compares every recorded tensor, id and text.

          DIR            a folder with expected.json (and expected.safetensors, inputs/)
          --model DIR    the checkpoint, for folders that do not hold one. Without it: the folder itself if it has a config.json,
                         else models/NAME beside the folder's parent, where NAME is the "checkpoint" or "model" that expected.json
                         names (golden/smolvlm-processor finds models/SmolVLM-256M-Instruct)
          --only GLOB    runs only cases whose folder/case matches (* and ?); may be repeated
          --except GLOB  leaves out cases whose folder/case matches; may be repeated
          --device NAME  cpu (the default), cuda:N

        Ends with 0 when everything holds, with 1 when something is off or a case is of a kind that is not known, with 2 when the command is wrong.
        """;

    public IReadOnlyList<string> Folders { get; init; } = [];

    public string? Model { get; init; }

    public IReadOnlyList<string> Only { get; init; } = [];

    public IReadOnlyList<string> Except { get; init; } = [];

    public string Device { get; init; } = "cpu";

    public bool Help { get; init; }

    /// <exception cref="ArgumentException">An option that is not known or has no value, or no folder.</exception>
    public static ParityOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new ParityOptions();
        for (var i = 0; i < arguments.Count; i++)
        {
            string Value() => ++i < arguments.Count ? arguments[i] : throw new ArgumentException($"{arguments[i - 1]} needs a value.");
            options = arguments[i] switch
            {
                "--model" => options with { Model = Value() },
                "--only" => options with { Only = [.. options.Only, Value()] },
                "--except" => options with { Except = [.. options.Except, Value()] },
                "--device" => options with { Device = Value() },
                "--help" or "-h" => options with { Help = true },
                ['-', ..] => throw new ArgumentException($"{arguments[i]} is not an option."),
                var folder => options with { Folders = [.. options.Folders, folder] },
            };
        }
        return options.Help || options.Folders.Count > 0 ? options : throw new ArgumentException("Give at least one folder.");
    }

    /// <summary>Whether the case named folder/case is asked for.</summary>
    public bool Asks(string name) =>
        (Only.Count == 0 || Only.Any(glob => Matches(glob, name))) && !Except.Any(glob => Matches(glob, name));

    private static bool Matches(string glob, string name) => FileSystemName.MatchesSimpleExpression(glob, name, ignoreCase: false);
}
