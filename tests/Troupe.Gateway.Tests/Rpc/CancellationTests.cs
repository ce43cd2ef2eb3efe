using Grpc.Core;
using Troupe.Contracts.Generation;
using static Troupe.Gateway.Tests.Requests;
using V1 = Troupe.Contracts.V1;

namespace Troupe.Gateway.Tests.Rpc;

public class CancellationTests
{
    private static readonly GenerationKey Key = new("default", "mine");

    [Fact]
    public async Task A_client_that_cancels_ends_its_generation()
    {
        await using var gateway = await RunningGateway.Start();
        using var call = gateway.Client.Generate(Hello("mine"));
        (await gateway.Cluster.NextSubmitted()).Accept();
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));

        call.Dispose();

        Assert.Equal(Key, await gateway.Cluster.NextCancelled());
    }

    [Fact]
    public async Task A_client_whose_connection_breaks_ends_its_generation()
    {
        await using var gateway = await RunningGateway.Start();
        using var call = gateway.Client.Generate(Hello("mine"));
        (await gateway.Cluster.NextSubmitted()).Accept();
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));

        gateway.Channel.Dispose();

        Assert.Equal(Key, await gateway.Cluster.NextCancelled());
    }

    [Fact]
    public async Task A_deadline_ends_the_generation_with_deadline_exceeded()
    {
        await using var gateway = await RunningGateway.Start();
        var refusal = gateway.Client.Generate(Hello("mine"), deadline: DateTime.UtcNow.AddMilliseconds(500)).Refusal();
        (await gateway.Cluster.NextSubmitted()).Accept();

        Assert.Equal(Key, await gateway.Cluster.NextCancelled());
        Assert.Equal(StatusCode.DeadlineExceeded, (await refusal).StatusCode);
    }

    [Fact]
    public async Task A_generation_that_another_call_reads_goes_on()
    {
        await using var gateway = await RunningGateway.Start();
        using var first = gateway.Client.Generate(Hello("mine"));
        var generation = await gateway.Cluster.NextSubmitted();
        using var second = gateway.Client.Generate(Hello("mine"));
        await gateway.Cluster.NextSubmitted();
        generation.Accept();
        Assert.True(await first.ResponseStream.MoveNext(CancellationToken.None));
        Assert.True(await second.ResponseStream.MoveNext(CancellationToken.None));

        first.Dispose();
        await generation.ReaderLeft();
        foreach (var text in (string[])[" and", " on"])
        {
            generation.Say(text, 4);
            Assert.True(await second.ResponseStream.MoveNext(CancellationToken.None));
            Assert.Equal(text, second.ResponseStream.Current.Tokens.Text);
        }
        Assert.False(gateway.Cluster.AnyCancelled);

        second.Dispose();
        Assert.Equal(Key, await gateway.Cluster.NextCancelled());
        Assert.False(gateway.Cluster.AnyCancelled);
    }

    [Fact]
    public async Task Cancel_ends_the_stream_with_the_reason_cancelled()
    {
        await using var gateway = await RunningGateway.Start();
        using var call = gateway.Client.Generate(Hello("mine"));
        var generation = await gateway.Cluster.NextSubmitted();
        generation.Accept();
        generation.Say(" begun", 4);
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));

        await gateway.Client.CancelAsync(new V1.CancelRequest { RequestId = "mine" });

        var rest = await call.Collect();
        Assert.Equal(V1.FinishReason.Cancelled, rest[^2].Tokens.FinishReason);
        Assert.Equal(1, rest[^1].Finished.Usage.CompletionTokens);
    }

    [Fact]
    public async Task Cancelling_an_unknown_request_is_not_found()
    {
        await using var gateway = await RunningGateway.Start();
        var exception = await Assert.ThrowsAsync<RpcException>(() => gateway.Client.CancelAsync(new V1.CancelRequest { RequestId = "nobody" }).ResponseAsync);
        Assert.Equal((StatusCode.NotFound, "UNKNOWN_REQUEST"), (exception.StatusCode, exception.Reason()));
        Assert.Contains("'nobody'", exception.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_without_an_id_names_the_field()
    {
        await using var gateway = await RunningGateway.Start();
        var exception = await Assert.ThrowsAsync<RpcException>(() => gateway.Client.CancelAsync(new V1.CancelRequest()).ResponseAsync);
        Assert.Equal("request_id", Assert.Single(exception.Violations()).Field);
    }
}
