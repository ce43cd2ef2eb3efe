namespace Troupe.Models.Operations;

/// <summary>A model whose forward pass can be looked at.</summary>
public interface IProbed
{
    /// <summary>Sees named intermediate rows; null, the default, costs nothing.</summary>
    IForwardProbe? Probe { get; set; }
}
