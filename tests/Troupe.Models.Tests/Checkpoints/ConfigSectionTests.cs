using System.Text;
using CsCheck;
using Troupe.Models.Checkpoints;

namespace Troupe.Models.Tests.Checkpoints;

public class ConfigSectionTests
{
    private static readonly ConfigSection s_config = Parse(
        """
        {
          "int": 7, "double": 0.5, "huge": 1e300, "endless": 1e999, "text": "words", "flag": true, "nothing": null, "ids": [1, 2], "mixed": [1, "2"], "numbers": [0.5, 1],
          "inner": { "deep": { "size": "wide" }, "list": [] }, // a comment
        }
        """);

    [Fact]
    public void Values_are_read_by_their_kind()
    {
        Assert.Equal((7, 0.5, 0.5f, "words", true), (s_config.Int("int"), s_config.Double("double"), s_config.Float("double"), s_config.String("text"), s_config.Bool("flag")));
        Assert.Equal([1, 2], s_config.Ints("ids"));
        Assert.Equal([7], s_config.Ints("int"));
        Assert.Equal([0.5, 1], s_config.Doubles("numbers", []));
        Assert.Equal("wide", s_config.Section("inner").Section("deep").String("size"));
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("absent")]
    public void What_is_absent_or_null_has_the_default_where_there_is_one(string key)
    {
        Assert.Equal((1, 0.5, 2f, "x", true), (s_config.Int(key, 1), s_config.Double(key, 0.5), s_config.Float(key, 2), s_config.String(key, "x"), s_config.Bool(key, true)));
        Assert.Null(s_config.OptionalString(key));
        Assert.Null(s_config.OptionalSection(key));
        Assert.Empty(s_config.Ints(key));
        Assert.Equal([3], s_config.Doubles(key, [3]));
        Assert.False(s_config.Has(key));
        Assert.Equal($"config.json: '{key}' is missing; a whole number was expected.", Refusal(() => s_config.Int(key)));
        Assert.Equal($"config.json: '{key}' is missing; an object was expected.", Refusal(() => s_config.Section(key)));
        Assert.Equal($"config.json: 'inner.{key}' is missing; a string was expected.", Refusal(() => s_config.Section("inner").String(key)));
    }

    [Fact]
    public void A_value_of_the_wrong_kind_is_named_with_file_and_full_key()
    {
        Assert.Equal("config.json: 'text' is \"words\"; a whole number was expected.", Refusal(() => s_config.Int("text")));
        Assert.Equal("config.json: 'double' is 0.5; a whole number was expected.", Refusal(() => s_config.Int("double")));
        Assert.Equal("config.json: 'flag' is true; a number was expected.", Refusal(() => s_config.Double("flag")));
        Assert.Equal("config.json: 'endless' is 1e999; a number was expected.", Refusal(() => s_config.Double("endless")));
        Assert.Equal("config.json: 'huge' is 1e300; a number of single precision was expected.", Refusal(() => s_config.Float("huge")));
        Assert.Equal("config.json: 'int' is 7; true or false was expected.", Refusal(() => s_config.Bool("int")));
        Assert.Equal("config.json: 'ids' is [1, 2]; a string was expected.", Refusal(() => s_config.String("ids", "x")));
        Assert.Equal("config.json: 'mixed' is [1, \"2\"]; a whole number or a list of them was expected.", Refusal(() => s_config.Ints("mixed")));
        Assert.Equal("config.json: 'mixed' is [1, \"2\"]; a list of numbers was expected.", Refusal(() => s_config.Doubles("mixed", [])));
        Assert.Equal("config.json: 'int' is 7; an object was expected.", Refusal(() => s_config.OptionalSection("int")));
        Assert.Equal("config.json: 'inner.deep.size' is \"wide\"; a whole number was expected.", Refusal(() => s_config.Section("inner").Section("deep").Int("size")));
        Assert.Equal("config.json: 'inner.list' is []; an object was expected.", Refusal(() => s_config.Section("inner").Section("list")));
    }

    [Fact]
    public void A_long_value_is_cut_in_the_message() =>
        Assert.Equal($"config.json: 'a' is \"{new string('x', 59)}...; a whole number was expected.", Refusal(() => Parse($$"""{"a":"{{new string('x', 5000)}}"}""").Int("a")));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"a\":}")]
    [InlineData("[]")]
    [InlineData("7")]
    public void What_is_no_JSON_object_is_refused_with_the_files_name(string json) =>
        Assert.StartsWith("config.json: ", Refusal(() => Parse(json)), StringComparison.Ordinal);

    [Fact]
    public void Deep_JSON_is_refused() =>
        Assert.StartsWith("config.json: not valid JSON", Refusal(() => Parse("{\"a\":" + new string('[', 100_000))), StringComparison.Ordinal);

    [Fact]
    public void Broken_bytes_are_refused_and_nothing_else_happens() =>
        Gen.Byte.Array[0, 60].Sample(bytes =>
        {
            byte[] json = [(byte)'{', (byte)'"', .. bytes, (byte)'}'];
            try
            {
                return ConfigSection.Parse(json, "config.json").Json.ValueKind == System.Text.Json.JsonValueKind.Object;
            }
            catch (CheckpointException e)
            {
                return e.Message.StartsWith("config.json: ", StringComparison.Ordinal);
            }
        });

    private static ConfigSection Parse(string json) => ConfigSection.Parse(Encoding.UTF8.GetBytes(json), "config.json");

    private static string Refusal(Func<object?> read) => Assert.Throws<CheckpointException>(read).Message;
}
