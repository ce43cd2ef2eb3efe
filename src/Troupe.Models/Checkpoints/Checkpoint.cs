namespace Troupe.Models.Checkpoints;

/// <summary>An opened Hugging Face checkpoint folder.</summary>
public sealed partial class Checkpoint;
