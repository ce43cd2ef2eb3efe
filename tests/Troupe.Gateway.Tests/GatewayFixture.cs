namespace Troupe.Gateway.Tests;

/// <summary>One gateway for the tests of a class that leave it as it was.</summary>
public sealed class GatewayFixture : IAsyncLifetime
{
    internal RunningGateway Gateway { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Gateway = await RunningGateway.Start(
            ("Troupe:Gateway:Limits:MaxMessages", "4"),
            ("Troupe:Gateway:Limits:MaxParts", "6"),
            ("Troupe:Gateway:Limits:MaxTextBytes", "100"),
            ("Troupe:Gateway:Limits:MaxMediaBytes", "2000"),
            ("Troupe:Pictures:MaxPictures", "2"),
            ("Troupe:Pictures:MaxBytes", "1500"),
            ("Troupe:Pictures:MaxSide", "200"));
        Gateway.Cluster.Script = generation =>
        {
            generation.Accept();
            generation.Finish();
        };
    }

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();
}
