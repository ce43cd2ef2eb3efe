using Grpc.Core;
using Grpc.Net.Client;
using Troupe.Contracts.Decoding;
using Troupe.Contracts.Generation;
using static Troupe.Gateway.Tests.Requests;
using V1 = Troupe.Contracts.V1;

namespace Troupe.Gateway.Tests.Rpc;

public class GenerateTests
{
    [Fact]
    public async Task Events_arrive_in_order_with_every_field()
    {
        await using var gateway = await RunningGateway.Start();
        gateway.Cluster.Script = generation =>
        {
            generation.Accept(promptTokens: 9);
            generation.Tell(new TokensEvent(0, 1, [11, 12], " A", 77, [new(11, -0.5f, [new(11, -0.5f), new(12, -1.5f)]), new(12, -0.25f, [])], null));
            generation.Tell(new TokensEvent(1, 0, [13], " B", 78, [], ChoiceEnd.Length));
            generation.Tell(new TokensEvent(0, 2, [2], ".", 79, [], ChoiceEnd.Stop));
            generation.Tell(new FinishedEvent(9, 4));
        };
        var request = Hello("my-id");
        request.Sampling = new V1.Sampling { Seed = 5 };

        var events = await gateway.Client.Generate(request).Collect();

        V1.GenerateEvent[] expected =
        [
            new() { Accepted = new V1.Accepted { RequestId = "my-id", Model = "pictures", Revision = "revision-of-pictures", Seed = 5, PromptTokens = 9 } },
            new()
            {
                Tokens = new V1.Tokens
                {
                    Seq = 1, TokenIds = { 11, 12 }, Text = " A", Hash = 77,
                    Logprobs =
                    {
                        new V1.TokenLogprob { TokenId = 11, Logprob = -0.5f, Top = { Alternative(11, -0.5f), Alternative(12, -1.5f) } },
                        new V1.TokenLogprob { TokenId = 12, Logprob = -0.25f },
                    },
                },
            },
            new() { Tokens = new V1.Tokens { Choice = 1, Seq = 0, TokenIds = { 13 }, Text = " B", Hash = 78, FinishReason = V1.FinishReason.Length } },
            new() { Tokens = new V1.Tokens { Seq = 2, TokenIds = { 2 }, Text = ".", Hash = 79, FinishReason = V1.FinishReason.Stop } },
            new() { Finished = new V1.Finished { Usage = new V1.Usage { PromptTokens = 9, CompletionTokens = 4 } } },
        ];
        Assert.Equal(expected, events);
        Assert.False(gateway.Cluster.AnyCancelled);

        static V1.TokenLogprob.Types.Alternative Alternative(int id, float logprob) => new() { TokenId = id, Logprob = logprob };
    }

    [Fact]
    public async Task A_token_reaches_the_client_before_the_next_one_is_there()
    {
        await using var gateway = await RunningGateway.Start();
        using var call = gateway.Client.Generate(Hello());
        var generation = await gateway.Cluster.NextSubmitted();
        generation.Accept();
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        foreach (var id in (int[])[4, 5, 6])
        {
            generation.Say($" {id}", id);
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
            Assert.Equal([id], call.ResponseStream.Current.Tokens.TokenIds);
        }
    }

    [Fact]
    public async Task Two_generations_on_one_channel_do_not_wait_for_each_other()
    {
        await using var gateway = await RunningGateway.Start();
        using var first = gateway.Client.Generate(Hello("first"));
        var one = await gateway.Cluster.NextSubmitted();
        one.Accept();
        one.Say(" never ends", 4);

        using var second = gateway.Client.Generate(Hello("second"));
        var two = await gateway.Cluster.NextSubmitted();
        two.Accept();
        two.Say(" done", ChoiceEnd.Stop, 5);
        two.Finish();
        Assert.Equal(3, (await second.Collect()).Count);

        one.Say("", ChoiceEnd.Stop, 6);
        one.Finish();
        Assert.Equal(4, (await first.Collect()).Count);
    }

    [Fact]
    public async Task Hundreds_of_streams_on_one_connection_run_at_once()
    {
        const int Streams = 300; // Kestrel's default is 100 a connection
        await using var gateway = await RunningGateway.Start();
        using var channel = GrpcChannel.ForAddress(gateway.Addresses.Grpc, new GrpcChannelOptions { HttpHandler = new SocketsHttpHandler { EnableMultipleHttp2Connections = false }, DisposeHttpClient = true });
        var client = new V1.Inference.InferenceClient(channel);
        var calls = Enumerable.Range(0, Streams).Select(_ => client.Generate(Hello())).ToArray();
        var generations = await Task.WhenAll(Enumerable.Range(0, Streams).Select(_ => gateway.Cluster.NextSubmitted()));
        foreach (var generation in generations)
        {
            generation.Accept();
            generation.Finish();
        }
        Assert.All(await Task.WhenAll(calls.Select(call => call.Collect())), events => Assert.Equal(2, events.Count));
    }

    [Fact]
    public async Task A_failure_after_tokens_leaves_them_and_ends_with_its_status()
    {
        await using var gateway = await RunningGateway.Start();
        gateway.Cluster.Script = generation =>
        {
            generation.Accept();
            generation.Say(" some", 4);
            generation.Tell(new TokensEvent(0, 0, [], "", 0, [], ChoiceEnd.Failed));
            generation.Tell(new FailedEvent(new Refusal(RefusalKind.Unavailable, "The decode silo died. Send it again.")));
        };
        using var call = gateway.Client.Generate(Hello());
        var seen = new List<V1.GenerateEvent>();
        var exception = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            await foreach (var happened in call.ResponseStream.ReadAllAsync())
                seen.Add(happened);
        });

        Assert.Equal(StatusCode.Unavailable, exception.StatusCode);
        Assert.Equal("The decode silo died. Send it again.", exception.Status.Detail);
        Assert.Equal(" some", seen[1].Tokens.Text);
        Assert.DoesNotContain(seen, happened => happened.Tokens?.FinishReason > 0);
    }

    [Theory]
    [InlineData(RefusalKind.Invalid, StatusCode.InvalidArgument, "INVALID_REQUEST")]
    [InlineData(RefusalKind.IdInUse, StatusCode.AlreadyExists, "REQUEST_ID_IN_USE")]
    [InlineData(RefusalKind.Full, StatusCode.ResourceExhausted, "CLUSTER_FULL")]
    [InlineData(RefusalKind.Unavailable, StatusCode.Unavailable, "STAGE_UNAVAILABLE")]
    [InlineData(RefusalKind.Cancelled, StatusCode.Cancelled, "CANCELLED")]
    [InlineData(RefusalKind.Internal, StatusCode.Internal, "INTERNAL")]
    public async Task A_refusal_becomes_a_status_before_any_event(RefusalKind kind, StatusCode status, string reason)
    {
        await using var gateway = await RunningGateway.Start();
        gateway.Cluster.Verdict = _ => SubmitResult.Refused(kind, "The reason.");

        var exception = await gateway.Client.Generate(Hello()).Refusal();

        Assert.Equal((status, reason), (exception.StatusCode, exception.Reason()));
        Assert.StartsWith("The reason.", exception.Status.Detail, StringComparison.Ordinal);
        Assert.False(gateway.Cluster.AnyCancelled);
    }

    [Fact]
    public async Task A_mistake_of_the_cluster_is_internal_and_tells_nothing_of_its_inside()
    {
        await using var gateway = await RunningGateway.Start();
        gateway.Cluster.Verdict = _ => throw new InvalidOperationException("secret detail");

        var exception = await gateway.Client.Generate(Hello()).Refusal();

        Assert.Equal(StatusCode.Internal, exception.StatusCode);
        Assert.DoesNotContain("secret", exception.Status.Detail, StringComparison.Ordinal);
    }
}
