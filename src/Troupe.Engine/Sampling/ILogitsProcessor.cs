namespace Troupe.Engine.Sampling;

/// <summary>One sampling rule: changes a row of logits in place. An excluded token has minus infinity.</summary>
internal interface ILogitsProcessor
{
    /// <param name="logits">(vocabulary)</param>
    /// <param name="history">Ids of prompt and answer.</param>
    /// <param name="scratch">Buffers that the rule may overwrite, except its logits.</param>
    void Apply(Span<float> logits, TokenHistory history, SamplingScratch scratch);
}
