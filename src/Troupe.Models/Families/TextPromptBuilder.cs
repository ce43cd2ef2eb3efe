using Troupe.Models.Text;

namespace Troupe.Models.Families;

/// <summary>Prompts of models that read text alone.</summary>
internal sealed class TextPromptBuilder(ConversationRenderer renderer, ITokenizer tokenizer) : IPromptBuilder
{
    public ITokenizer Tokenizer => tokenizer;

    public Prompt Build(IReadOnlyList<ChatMessage> messages, IReadOnlyList<PictureSize> pictures, PromptOptions options)
    {
        if (pictures.Count > 0 || messages.Any(message => message.Content.Any(part => part is ImagePart)))
            throw NoPictures();
        return new Prompt(tokenizer.Encode(renderer.Render(messages, options)), []);
    }

    public int ImageTokens(PictureSize picture, PictureOptions options) => throw NoPictures();

    private static PromptException NoPictures() => new("The model reads text alone; leave the pictures out or ask a model with the modality image.");
}
