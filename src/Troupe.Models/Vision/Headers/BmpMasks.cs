namespace Troupe.Models.Vision.Headers;

/// <summary>Which bits of a pixel hold each channel.</summary>
internal readonly record struct BmpMasks(uint Red, uint Green, uint Blue, uint Alpha);
