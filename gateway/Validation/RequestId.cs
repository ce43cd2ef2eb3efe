using System.Buffers;

namespace Troupe.Gateway.Validation;

/// <summary>The syntax of request ids: they are parts of grain keys, log lines and metric labels.</summary>
internal static class RequestId
{
    public const int MaxLength = 128;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-");

    public static void Check(string id, Violations violations)
    {
        if (id.Length is 0 or > MaxLength)
            violations.Add("request_id", $"has {id.Length} characters", $"1 to {MaxLength} characters", "Shorten it, or leave it empty to have one chosen.");
        else if (id.AsSpan().IndexOfAnyExcept(Allowed) is var at and >= 0)
            violations.Add("request_id", $"holds U+{(int)id[at]:X4} at position {at}", "characters A-Z a-z 0-9 . _ : -", "Replace other characters, or leave it empty to have one chosen.");
    }
}
