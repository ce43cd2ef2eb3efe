using System.Runtime.InteropServices;

namespace Troupe.Models.Devices;

/// <summary>The one question to the CUDA driver that TorchSharp does not pass on.</summary>
internal static unsafe class CudaDriver
{
    private const int ComputeCapabilityMajor = 75; // CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR

    /// <summary>The major compute capability of device <paramref name="index"/>; 8 and above multiply bf16.</summary>
    public static int ComputeCapability(int index)
    {
        var driver = NativeLibrary.Load(OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1");
        var initialise = (delegate* unmanaged<uint, int>)NativeLibrary.GetExport(driver, "cuInit");
        var deviceGet = (delegate* unmanaged<int*, int, int>)NativeLibrary.GetExport(driver, "cuDeviceGet");
        var attribute = (delegate* unmanaged<int*, int, int, int>)NativeLibrary.GetExport(driver, "cuDeviceGetAttribute");
        int device = 0, value = 0;
        var status = initialise(0);
        if (status == 0)
            status = deviceGet(&device, index);
        if (status != 0 || (status = attribute(&value, ComputeCapabilityMajor, device)) != 0)
            throw new InvalidOperationException($"The CUDA driver does not describe device {index} (status {status}); set Troupe:Torch:DType to bf16, f16 or f32.");
        return value;
    }
}
