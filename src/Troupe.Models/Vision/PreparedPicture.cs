using Troupe.Models.Checkpoints;

namespace Troupe.Models.Vision;

/// <summary>A picture as a vision tower takes it: named tensors, for Idefics3 <c>pixel_values</c> (tiles, 3, side, side) and <c>pixel_attention_mask</c> (tiles, side, side), and its tile grid.</summary>
/// <param name="Rows">Rows of tiles; 0 when the picture was not split.</param>
/// <param name="Columns">Columns of tiles; 0 when the picture was not split.</param>
public sealed record PreparedPicture(IReadOnlyDictionary<string, HostTensor> Tensors, int Rows, int Columns);
