using Troupe.Models.Checkpoints;
using Troupe.Models.Text;
using Troupe.Models.Vision.Idefics3;

namespace Troupe.Models.Families;

/// <summary>Prompts of Idefics3 and SmolVLM: each placeholder of the template becomes the text of its picture's tiles, then the whole is tokenised once.</summary>
internal sealed class Idefics3PromptBuilder : IPromptBuilder
{
    private readonly ConversationRenderer _renderer;
    private readonly Idefics3Pictures _pictures;

    private Idefics3PromptBuilder(ConversationRenderer renderer, Idefics3Pictures pictures, ITokenizer tokenizer) =>
        (_renderer, _pictures, Tokenizer) = (renderer, pictures, tokenizer);

    public ITokenizer Tokenizer { get; }

    /// <exception cref="CheckpointException">The tokenizer's placeholder is not the one that config.json names.</exception>
    public static Idefics3PromptBuilder From(Checkpoint checkpoint, Idefics3Pictures pictures)
    {
        var image = pictures.Layout.ImageToken;
        var tokenizer = TokenizerLoader.Load(checkpoint.TokenizerJson, Placeholders(pictures));
        if (!tokenizer.TryGetId(image, out var id) || id != pictures.Config.ImageTokenId)
            throw checkpoint.Config.Invalid("image_token_id", $"the id of {image} in tokenizer.json ({(id < 0 ? "which has none" : id)})");
        return new Idefics3PromptBuilder(ConversationRenderer.From(checkpoint), pictures, tokenizer);
    }

    public Prompt Build(IReadOnlyList<ChatMessage> messages, IReadOnlyList<PictureSize> pictures, PromptOptions options)
    {
        var parts = messages.Sum(message => message.Content.Count(part => part is ImagePart));
        if (parts != pictures.Count && !options.AllowSpecialTokens)
            throw new PromptException($"The messages have places for {parts} pictures; {pictures.Count} were given.");

        var layout = _pictures.Layout;
        var rendered = _renderer.Render(messages, options);
        var places = rendered.CountOutsideCaller(layout.ImageToken);
        if (places != pictures.Count)
            throw new PromptException($"The rendered prompt has {places} placeholders {layout.ImageToken} for {pictures.Count} pictures.");

        TileGrid[] grids = [.. pictures.Select(picture => _pictures.Processor.Plan(picture, options.Pictures.Split))];
        var ids = Tokenizer.Encode(rendered.Replace(layout.ImageToken, picture => layout.Expand(grids[picture])));
        return new Prompt(ids, MediaSlots.Find(ids, _pictures.Config.ImageTokenId, [.. grids.Select(layout.ImageTokens)]));
    }

    public int ImageTokens(PictureSize picture, PictureOptions options) => _pictures.Layout.ImageTokens(_pictures.Processor.Plan(picture, options.Split));

    /// <summary>What only the template may write, whether or not the tokenizer marks it as special.</summary>
    private static HashSet<string> Placeholders(Idefics3Pictures pictures)
    {
        var (layout, most) = (pictures.Layout, pictures.Processor.MostTilesAlongSide);
        return
        [
            layout.FakeToken, layout.ImageToken, layout.GlobalToken,
            .. Enumerable.Range(1, most).SelectMany(row => Enumerable.Range(1, most).Select(column => Idefics3PromptLayout.TileToken(row, column))),
        ];
    }
}
