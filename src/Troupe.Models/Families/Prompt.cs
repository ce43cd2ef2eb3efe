namespace Troupe.Models.Families;

/// <summary>Size of a picture in pixels, as it is seen: after the EXIF orientation was applied.</summary>
public readonly record struct PictureSize(int Width, int Height);

/// <summary>A rendered conversation: token ids with media placeholders in place, and which placeholder rows each medium fills.</summary>
public sealed record Prompt(int[] TokenIds, IReadOnlyList<MediaSlot> Slots);

/// <summary>
/// A run of placeholder positions: rows <c>FeatureStart .. FeatureStart + Length</c> of the features of medium <c>Medium</c> (in order of
/// appearance) take the positions <c>Position .. Position + Length</c> of the prompt.
/// </summary>
public sealed record MediaSlot(int Medium, int FeatureStart, int Position, int Length);
