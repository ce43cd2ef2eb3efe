using System.Text.Json;
using Troupe.Models.Families;
using Troupe.Models.Vision;
using Troupe.Parity.Goldens;

namespace Troupe.Parity.Product;

/// <summary>A conversation of a case with its pictures, as the text and vision roles make it ready.</summary>
public sealed record ChatScene(Prompt Prompt, IReadOnlyList<PreparedPicture> Pictures)
{
    public static ChatScene From(GoldenCase golden, ProductModel model)
    {
        var options = PicturesOf(golden);
        var files = golden.Texts("images").Select(golden.Input).ToArray();
        var prompt = model.Prompts.Build(
            Messages(golden.Element("messages")),
            [.. files.Select(file => PictureHeader.Read(file, PictureLimits.Default).Size)],
            new PromptOptions { AddGenerationPrompt = golden.Optional("add_generation_prompt")?.GetBoolean() ?? false, Pictures = options });
        return new ChatScene(prompt, [.. files.Select(file => model.Float32.Encoder.Prepare(file, PictureLimits.Default, options))]);
    }

    public PreparedPrompt With(IReadOnlyList<FeatureSet> features) => new(Prompt.TokenIds, Prompt.Slots, features);

    /// <summary>Tiles of all pictures in order: a tensor of theirs laid end to end.</summary>
    public float[] Values(string tensor) => [.. Pictures.SelectMany(picture => PictureValues.Read(picture.Tensors[tensor]))];

    public static IReadOnlyList<ChatMessage> Messages(JsonElement messages) =>
        [.. messages.EnumerateArray().Select(message => new ChatMessage(message.GetProperty("role").GetString()!, Parts(message.GetProperty("content"))))];

    private static ContentPart[] Parts(JsonElement content) => content.ValueKind == JsonValueKind.String
        ? [new TextPart(content.GetString()!)]
        : [.. content.EnumerateArray().Select(part => part.GetProperty("type").GetString() switch
        {
            "text" => (ContentPart)new TextPart(part.GetProperty("text").GetString()!),
            "image" => new ImagePart(),
            var type => throw new InvalidDataException($"A message holds a part of type '{type}', which is not known here."),
        })];

    private static PictureOptions PicturesOf(GoldenCase golden) =>
        new(golden.Record("processor_kwargs").Optional("do_image_splitting")?.GetBoolean());
}
