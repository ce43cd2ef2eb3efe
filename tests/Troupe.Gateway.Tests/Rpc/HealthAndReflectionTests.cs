using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection.V1Alpha;
using Troupe.Gateway.Tests.Fakes;

namespace Troupe.Gateway.Tests.Rpc;

public class HealthAndReflectionTests
{
    [Theory]
    [InlineData("")]
    [InlineData("troupe.v1.Inference")]
    public async Task The_health_service_serves_only_while_a_model_can_be_served(string service)
    {
        await using var gateway = await RunningGateway.Start();
        var client = new Health.HealthClient(gateway.Channel);
        var request = new HealthCheckRequest { Service = service };

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, (await client.CheckAsync(request)).Status);
        gateway.Cluster.Models = [];
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, (await client.CheckAsync(request)).Status);
    }

    [Fact]
    public async Task A_watch_is_told_when_no_model_can_be_served_and_when_one_can_again()
    {
        await using var gateway = await RunningGateway.Start();
        using var watch = new Health.HealthClient(gateway.Channel).Watch(new HealthCheckRequest(), deadline: DateTime.UtcNow.AddSeconds(30));
        await Until(watch, HealthCheckResponse.Types.ServingStatus.Serving);
        gateway.Cluster.Models = [];
        await Until(watch, HealthCheckResponse.Types.ServingStatus.NotServing);
        gateway.Cluster.Models = [FakeModels.Pictures];
        await Until(watch, HealthCheckResponse.Types.ServingStatus.Serving);
    }

    [Fact]
    public async Task Reflection_gives_the_contract_to_a_client_that_has_none()
    {
        await using var gateway = await RunningGateway.Start();
        using var call = new ServerReflection.ServerReflectionClient(gateway.Channel).ServerReflectionInfo();

        await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" });
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Contains("troupe.v1.Inference", call.ResponseStream.Current.ListServicesResponse.Service.Select(service => service.Name));

        await call.RequestStream.WriteAsync(new ServerReflectionRequest { FileContainingSymbol = "troupe.v1.Inference" });
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        var file = FileDescriptorProto.Parser.ParseFrom(call.ResponseStream.Current.FileDescriptorResponse.FileDescriptorProto[0]);
        Assert.Equal(["Generate", "Cancel", "CountTokens", "ListModels"], file.Service.Single().Method.Select(method => method.Name));
    }

    private static async Task Until(AsyncServerStreamingCall<HealthCheckResponse> watch, HealthCheckResponse.Types.ServingStatus status)
    {
        do
            Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        while (watch.ResponseStream.Current.Status != status);
    }
}
