using System.Text.Json.Nodes;
using Troupe.Parity;

namespace Troupe.Models.Tests.Parity;

/// <summary>The runner is the judge of every model: it must not pass what is off, nor what it did not look at.</summary>
public sealed class ParityCommandTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    [Fact]
    public void A_folder_that_holds_ends_with_zero_and_says_how_closely()
    {
        Assert.Equal(0, Run(Fixture.Model("llama"), "--only", "llama/forward"));
        Assert.Contains("llama/forward  logits", Output, StringComparison.Ordinal);
        Assert.Contains("cases   1  tensors   12", Output, StringComparison.Ordinal);
        Assert.Contains("llama/greedy_0: left out", Output, StringComparison.Ordinal);
        Assert.EndsWith("everything holds\n", Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("chunked_prefill", "cut at 1 ")]
    [InlineData("forward", "logits")]
    public void Other_weights_are_off(string name, string check)
    {
        using var folder = TemporaryModel.CopyOf("llama").Renaming(Swapped);
        Assert.Equal(1, Run(folder.Directory, "--only", "*/" + name));
        Assert.Contains("OFF", Output.Split('\n').First(line => line.Contains($"/{name}  {check}", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.EndsWith("NOT everything holds\n", Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_that_differs_is_off()
    {
        using var folder = TemporaryModel.CopyOf("llama").With("expected.json", json =>
        {
            var tensors = Case(json, "greedy_0")["tensors"]!;
            tensors["tokens"]!["key"] = "greedy_1.tokens";
        });
        Assert.Equal(1, Run(folder.Directory, "--only", "*/greedy_0"));
        Assert.Contains("greedy_0  tokens                       exact", Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kind_that_is_not_known_is_named_and_is_no_success()
    {
        using var folder = TemporaryModel.CopyOf("llama").With("expected.json", json => Case(json, "greedy_1")["kind"] = "beam_search");
        Assert.Equal(1, Run(folder.Directory, "--only", "*/greedy_1", "--only", "*/greedy_0"));
        Assert.Contains("greedy_1: SKIPPED, the kind 'beam_search' is not known", Output, StringComparison.Ordinal);
        Assert.Contains("failed 0  skipped 1", Output, StringComparison.Ordinal);

        _output.GetStringBuilder().Clear();
        Assert.Equal(0, Run(folder.Directory, "--only", "*/greedy_?", "--except", "*/greedy_1"));
    }

    [Fact]
    public void A_recorded_tensor_or_field_that_nobody_looked_at_is_a_failure()
    {
        using var folder = TemporaryModel.CopyOf("llama").With("expected.json", json =>
        {
            Case(json, "greedy_1")["routing"] = "a new fact";
            Case(json, "greedy_1")["tensors"]!["experts"] = Case(json, "greedy_0")["tensors"]!["margins"]!.DeepClone();
        });
        Assert.Equal(1, Run(folder.Directory, "--only", "*/greedy_1"));
        Assert.Contains("routing                      exact     -        OFF: recorded, but not looked at", Output, StringComparison.Ordinal);
        Assert.Contains("experts                      exact     -        OFF: recorded, but not looked at", Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--nonsense")]
    [InlineData("--only")]
    [InlineData]
    public void A_wrong_command_is_answered_with_the_usage(params string[] arguments)
    {
        Assert.Equal(2, ParityCommand.Run(arguments, _output, _errors));
        Assert.Contains(ParityOptions.Usage, _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_records_is_refused_by_name()
    {
        Assert.Equal(1, Run(Fixture.Model("smolvlm-published")));
        Assert.Contains("there is no expected.json", _errors.ToString(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _output.Dispose();
        _errors.Dispose();
    }

    private string Output => _output.ToString().ReplaceLineEndings("\n");

    private int Run(params string[] arguments) => ParityCommand.Run(arguments, _output, _errors);

    /// <summary>Two layers change places.</summary>
    private static string Swapped(string name) => name
        .Replace("layers.0.", "layers.x.", StringComparison.Ordinal)
        .Replace("layers.1.", "layers.0.", StringComparison.Ordinal)
        .Replace("layers.x.", "layers.1.", StringComparison.Ordinal);

    private static JsonNode Case(JsonObject json, string name) => json["cases"]!.AsArray().Single(one => (string)one!["name"]! == name)!;
}
