using TorchSharp;
using static TorchSharp.torch;

namespace Troupe.Models.Devices;

/// <summary>An opened device and the rule for the type in which weights are kept on it.</summary>
public sealed class TorchDevice
{
    private readonly string _dtype;

    internal TorchDevice(Device device, string dtype)
    {
        Device = device;
        _dtype = dtype;
    }

    public Device Device { get; }

    /// <summary>Whether tensors have shapes but no values (the check that a forward pass runs without touching another device).</summary>
    public bool IsMeta => Device.type == DeviceType.META;

    /// <summary>The type in which weights stored as <paramref name="stored"/> are kept and computed with.</summary>
    public ScalarType ComputeType(ScalarType stored) => _dtype switch
    {
        "bf16" => ScalarType.BFloat16,
        "f16" => ScalarType.Float16,
        "f32" => ScalarType.Float32,
        _ when Device.type == DeviceType.CUDA => CudaDriver.ComputeCapability(Device.index) >= 8 ? ScalarType.BFloat16 : ScalarType.Float16,
        _ => stored is ScalarType.BFloat16 or ScalarType.Float16 ? stored : ScalarType.Float32,
    };

    public override string ToString() => Device.type == DeviceType.CUDA ? $"cuda:{Device.index}" : Device.type.ToString().ToLowerInvariant();
}
