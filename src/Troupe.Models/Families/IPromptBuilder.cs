using Troupe.Models.Text;

namespace Troupe.Models.Families;

/// <summary>Renders a conversation with the checkpoint's chat template, expands media placeholders and tokenises. Safe for concurrent use.</summary>
public interface IPromptBuilder
{
    ITokenizer Tokenizer { get; }

    /// <param name="messages">The conversation.</param>
    /// <param name="pictures">Size of each picture in order of appearance.</param>
    /// <param name="options">Template options; special tokens in caller text stay text unless they are allowed here.</param>
    /// <exception cref="PromptException">There is no template or it refuses the conversation, or pictures and placeholders do not match.</exception>
    Prompt Build(IReadOnlyList<ChatMessage> messages, IReadOnlyList<PictureSize> pictures, PromptOptions options);

    /// <summary>Number of feature rows (placeholder tokens) that a picture of this size takes.</summary>
    /// <exception cref="PromptException">The model takes no pictures.</exception>
    int ImageTokens(PictureSize picture, PictureOptions options);
}

/// <summary>How a conversation is rendered.</summary>
public sealed record PromptOptions
{
    public static PromptOptions Default { get; } = new();

    /// <summary>Whether the template ends with the opening of the assistant's turn.</summary>
    public bool AddGenerationPrompt { get; init; } = true;

    /// <summary>Whether caller text is matched for special tokens, as the reference does. Off by default: it lets a caller forge turns.</summary>
    public bool AllowSpecialTokens { get; init; }

    /// <summary>The time that the template may write into the prompt; null refuses a template that asks for it.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>The same that the pictures are prepared with.</summary>
    public PictureOptions Pictures { get; init; } = PictureOptions.Default;
}

/// <summary>A conversation that cannot become a prompt. The message names the cause for the caller.</summary>
public sealed class PromptException(string message, Exception? inner = null) : Exception(message, inner);
