using Troupe.Models.Devices;
using Troupe.Models.Operations.Torch;
using static TorchSharp.torch;

namespace Troupe.Models.Tests.Operations;

public sealed class TorchScalarsTests
{
    /// <summary>With the plain <c>mul(0.25)</c> about one call in forty thousand fails under this, and in a server one in many millions.</summary>
    [Fact]
    public async Task Numbers_live_until_libtorch_has_read_them()
    {
        TorchRuntime.Open(new TorchOptions { Device = "cpu" });
        using var scope = NewDisposeScope();
        var x = ones([4]);
        using var done = new CancellationTokenSource();
        var collecting = Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
                GC.Collect(0);
        }, TestContext.Current.CancellationToken);

        for (var n = 0; n < 150_000; n++)
        {
            using var y = x.Times(0.25);
            Assert.Equal(0.25f, y.data<float>()[0]);
        }

        await done.CancelAsync();
        await collecting;
    }
}
