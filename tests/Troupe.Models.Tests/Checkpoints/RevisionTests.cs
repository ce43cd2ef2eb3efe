namespace Troupe.Models.Tests.Checkpoints;

/// <summary>The revision keys caches of features and prefixes: two folders that could answer differently must not share one.</summary>
public class RevisionTests
{
    public static TheoryData<string> Deciding =>
    [
        "config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json", "chat_template.jinja",
        "model.safetensors.index.json", "model-00001-of-00004.safetensors", "model-00004-of-00004.safetensors",
    ];

    [Fact]
    public void Copies_of_a_folder_have_the_same_revision()
    {
        using var first = TemporaryModel.CopyOf("llama-sharded");
        using var second = TemporaryModel.CopyOf("llama-sharded");
        Assert.Equal(Revision(first), Revision(second));
        Assert.Matches("^[0-9a-f]{32}$", Revision(first));
    }

    [Theory, MemberData(nameof(Deciding))]
    public void A_change_of_one_byte_changes_it(string file)
    {
        using var model = TemporaryModel.CopyOf("llama-sharded");
        var before = Revision(model);
        var path = Path.Combine(model.Directory, file);
        var bytes = File.ReadAllBytes(path);
        // The last byte of the weights; white space at the end of a text.
        bytes[^1] = (byte)(file.EndsWith(".safetensors", StringComparison.Ordinal) ? bytes[^1] ^ 1 : '\t');
        File.WriteAllBytes(path, bytes);
        Assert.NotEqual(before, Revision(model));
    }

    [Theory]
    [InlineData("preprocessor_config.json")]
    [InlineData("processor_config.json")]
    [InlineData("chat_template.json")]
    public void A_file_that_comes_changes_it_even_when_it_says_nothing(string file)
    {
        using var model = TemporaryModel.CopyOf("llama-sharded");
        var before = Revision(model);
        File.WriteAllText(Path.Combine(model.Directory, file), "{}");
        Assert.NotEqual(before, Revision(model));
    }

    [Fact]
    public void A_file_that_decides_nothing_leaves_it()
    {
        using var model = TemporaryModel.CopyOf("llama-sharded");
        var before = Revision(model);
        File.WriteAllText(Path.Combine(model.Directory, "README.md"), "words");
        Assert.Equal(before, Revision(model));
    }

    private static string Revision(TemporaryModel model)
    {
        using var checkpoint = model.Open();
        return checkpoint.Revision;
    }
}
