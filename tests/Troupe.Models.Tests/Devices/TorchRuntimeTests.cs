using TorchSharp;
using Troupe.Models.Devices;

namespace Troupe.Models.Tests.Devices;

public class TorchRuntimeTests
{
    [Fact]
    public void Libtorch_loads_and_multiplies_on_this_system()
    {
        var device = TorchRuntime.Open(new TorchOptions { Device = "cpu" });
        using var a = torch.tensor(new float[] { 1, 2, 3, 4 }, [2, 2], device: device.Device);
        using var product = a.matmul(a);
        Assert.Equal([7f, 10f, 15f, 22f], product.data<float>().ToArray());
    }
}
