namespace Troupe.Contracts.Prompts;

/// <summary>The text stage of one model: conversation to token ids and media slots. Keyed <c>revision|n</c>; equal keys but for n spread the work over silos.</summary>
[Alias("troupe.IPromptGrain")]
public interface IPromptGrain : IGrainWithStringKey
{
    /// <summary>Renders, expands media placeholders and tokenises. Decodes no media.</summary>
    [Alias("Build")]
    Task<PromptResult> Build(PromptRequest request, CancellationToken cancellation);
}
