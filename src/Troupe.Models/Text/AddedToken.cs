namespace Troupe.Models.Text;

/// <summary>An entry of <c>added_tokens</c>: matched in the text before anything else is done to it.</summary>
/// <param name="Special">Left out of answers; never matched in text from a caller.</param>
/// <param name="SingleWord">Matches only between characters that are not of a word.</param>
/// <param name="LeftStrip">Takes the white space before it.</param>
/// <param name="RightStrip">Takes the white space after it.</param>
/// <param name="Normalized">Matched in the normalized text, after the others.</param>
internal sealed record AddedToken(int Id, string Content, bool Special, bool SingleWord, bool LeftStrip, bool RightStrip, bool Normalized);
