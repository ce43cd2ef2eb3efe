namespace Troupe.Models.Operations;

/// <summary>A matrix of activations, one row for each token or patch. It lives until the step in which it was made ends.</summary>
public abstract class Rows
{
    /// <summary>Number of rows.</summary>
    public abstract int Count { get; }

    /// <summary>Values in a row.</summary>
    public abstract int Width { get; }
}

/// <summary>A part of a step. Disposing it frees the rows made in it, but for those kept.</summary>
public abstract class RowBlock : IDisposable
{
    /// <summary>Hands x to what is around the block, and frees <paramref name="replaced"/>, which x takes the place of.</summary>
    public abstract Rows Keep(Rows x, Rows? replaced = null);

    public abstract void Dispose();
}

/// <summary>A weight as an implementation of the operations keeps it. It lives as long as those operations.</summary>
public abstract class Weight;
