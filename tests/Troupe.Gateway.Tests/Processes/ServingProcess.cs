using System.Text.Json;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Troupe.Contracts.V1;

namespace Troupe.Gateway.Tests.Processes;

/// <summary>The program serving the bundled model in float32, as a process of its own.</summary>
public sealed class ServingProcess : IAsyncLifetime
{
    private GatewayProcess _process = null!;

    public Uri Http { get; private set; } = null!;

    public GrpcChannel Channel { get; private set; } = null!;

    public Inference.InferenceClient Client => new(Channel);

    public async ValueTask InitializeAsync()
    {
        _process = GatewayProcess.Start(
            "--model", Path.Combine(AppContext.BaseDirectory, "demo", "model"), "--port", "0", "--grpc-port", "0",
            "--Troupe:Gateway:Address=localhost", "--Troupe:Torch:DType=f32", "--Troupe:Model:Name=demo-scenes");
        Http = await Listening();
        Channel = GrpcChannel.ForAddress(await Listening());
        await WhenServing();
    }

    public ValueTask DisposeAsync()
    {
        Channel.Dispose();
        _process.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<Uri> Listening()
    {
        const string Said = "Now listening on: ";
        var message = JsonDocument.Parse(await _process.Line(Said)).RootElement.GetProperty("Message").GetString()!;
        return new Uri(message[Said.Length..]);
    }

    private async Task WhenServing()
    {
        using var watch = new Health.HealthClient(Channel).Watch(new HealthCheckRequest(), deadline: DateTime.UtcNow.AddMinutes(1));
        do
            Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        while (watch.ResponseStream.Current.Status != HealthCheckResponse.Types.ServingStatus.Serving);
    }
}
