namespace Troupe.Models.Operations;

/// <summary>The non-linear functions of feed-forward blocks.</summary>
public enum Activation
{
    /// <summary>x * sigmoid(x)</summary>
    Silu,

    /// <summary>x * Phi(x), exact</summary>
    Gelu,

    /// <summary>0.5 x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3)))</summary>
    GeluTanh,

    /// <summary>x * sigmoid(1.702 x)</summary>
    QuickGelu,

    /// <summary>max(x, 0)</summary>
    Relu,
}

public static class Activations
{
    /// <summary>The function that config.json calls <paramref name="name"/>.</summary>
    /// <exception cref="NotSupportedException">No such function here; the message lists those that are.</exception>
    public static Activation Parse(string name) => name switch
    {
        "silu" or "swish" => Activation.Silu,
        "gelu" => Activation.Gelu,
        "gelu_pytorch_tanh" or "gelu_new" or "gelu_fast" => Activation.GeluTanh,
        "quick_gelu" => Activation.QuickGelu,
        "relu" => Activation.Relu,
        _ => throw new NotSupportedException($"hidden_act '{name}' is not supported; supported are silu, gelu, gelu_pytorch_tanh, gelu_new, quick_gelu and relu."),
    };
}
