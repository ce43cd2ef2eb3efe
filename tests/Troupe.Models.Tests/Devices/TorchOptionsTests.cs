using TorchSharp;
using Troupe.Models.Devices;
using Troupe.Models.Tests.Checkpoints;

namespace Troupe.Models.Tests.Devices;

/// <summary>Every refusal names the option, its value and what to do.</summary>
public sealed class TorchOptionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("gpu")]
    [InlineData("")]
    [InlineData("CPU")]
    [InlineData("cpu:0")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda:+1")]
    [InlineData("cuda: 1")]
    [InlineData("cuda:x")]
    [InlineData("cuda:99999999999")]
    public void A_device_outside_the_list_is_refused(string device) =>
        Assert.Equal($"Troupe:Torch:Device is '{device}'; it must be auto, cpu or cuda:N.", Assert.Throws<ArgumentException>(() => TorchRuntime.Open(new TorchOptions { Device = device })).Message);

    [Theory]
    [InlineData("int8")]
    [InlineData("BF16")]
    [InlineData("")]
    public void A_type_outside_the_list_is_refused(string dtype) =>
        Assert.Equal($"Troupe:Torch:DType is '{dtype}'; it must be auto, bf16, f16 or f32.", Assert.Throws<ArgumentException>(() => TorchRuntime.Open(new TorchOptions { Device = "cpu", DType = dtype })).Message);

    [Theory]
    [InlineData(0)]
    [InlineData(-2)]
    public void A_number_of_threads_below_one_is_refused(int threads) =>
        Assert.StartsWith($"Troupe:Torch:Threads is {threads}; it must be 1 or more", Assert.Throws<ArgumentException>(() => TorchRuntime.Open(new TorchOptions { Device = "cpu", Threads = threads })).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("cuda")]
    [InlineData("cuda:0")]
    [InlineData("cuda:3")]
    public void CUDA_without_its_libraries_says_how_to_get_them(string device)
    {
        var refusal = Assert.Throws<InvalidOperationException>(() => TorchRuntime.Open(new TorchOptions { Device = device })).Message;
        Assert.StartsWith($"Troupe:Torch:Device is '{device}'", refusal, StringComparison.Ordinal);
        Assert.Contains("-p:TorchDevice=cuda", refusal, StringComparison.Ordinal);
        Assert.Contains("Troupe:Torch:NativePath", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_CUDA_auto_is_the_CPU()
    {
        var device = TorchRuntime.Open(new TorchOptions());
        Assert.Equal((DeviceType.CPU, "cpu", false), (device.Device.type, device.ToString(), device.IsMeta));
    }

    [Theory]
    [InlineData("auto", torch.ScalarType.BFloat16, torch.ScalarType.BFloat16)]
    [InlineData("auto", torch.ScalarType.Float16, torch.ScalarType.Float16)]
    [InlineData("auto", torch.ScalarType.Float64, torch.ScalarType.Float32)]
    [InlineData("f32", torch.ScalarType.BFloat16, torch.ScalarType.Float32)]
    [InlineData("f16", torch.ScalarType.BFloat16, torch.ScalarType.Float16)]
    [InlineData("bf16", torch.ScalarType.Float32, torch.ScalarType.BFloat16)]
    public void Weights_are_kept_as_stored_or_as_the_option_says(string dtype, torch.ScalarType stored, torch.ScalarType kept) =>
        Assert.Equal(kept, TorchRuntime.Open(new TorchOptions { Device = "cpu", DType = dtype }).ComputeType(stored));

    [Fact]
    public void A_folder_of_libraries_that_holds_none_is_refused()
    {
        var absent = Path.Combine(_folder.Path, "absent");
        Assert.Contains($"Troupe:Torch:NativePath is '{absent}', which is not a folder", Assert.Throws<DllNotFoundException>(() => Open(absent)).Message, StringComparison.Ordinal);
        Assert.Contains($"Troupe:Torch:NativePath is '{_folder.Path}', which holds no libtorch_cpu.so", Assert.Throws<DllNotFoundException>(() => Open(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_libtorch_in_one_process_is_refused()
    {
        TorchRuntime.Open(new TorchOptions { Device = "cpu" });
        _folder.Write("libtorch_cpu.so", "");
        Assert.StartsWith($"Troupe:Torch:NativePath is '{_folder.Path}', but this process has loaded the libtorch of its build already", Assert.Throws<InvalidOperationException>(() => Open(_folder.Path)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static void Open(string nativePath) => TorchRuntime.Open(new TorchOptions { Device = "cpu", NativePath = nativePath });
}
