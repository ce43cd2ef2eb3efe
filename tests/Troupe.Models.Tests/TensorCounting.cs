namespace Troupe.Models.Tests;

/// <summary>Tests that count the tensors of the whole process, and so run alone.</summary>
[CollectionDefinition(nameof(TensorCounting), DisableParallelization = true)]
public sealed class TensorCounting;
