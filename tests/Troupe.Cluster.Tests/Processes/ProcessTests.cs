using System.Text.Json;
using Grpc.Core;

namespace Troupe.Cluster.Tests.Processes;

public sealed class ProcessTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    /// <summary>The recorded answers are the reference's, in float32.</summary>
    [Fact]
    public async Task Gateway_text_vision_and_decode_as_four_processes_give_the_references_tokens()
    {
        using var cluster = new ProcessCluster();
        await cluster.Start(Now, "text", "vision", "decode");

        await AnswersAreTheReferences(cluster);
    }

    [Fact]
    public async Task A_cluster_whose_membership_is_in_Redis_gives_the_same_tokens()
    {
        Assert.SkipUnless(Programs.OnPath("redis-server"), "redis-server is not on the PATH; install it to run this test");
        var port = ProcessCluster.FreePort();
        using var redis = ChildProcess.Start("redis-server", "--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no");
        await redis.When(lines => lines.FirstOrDefault(line => line.Contains("Ready to accept connections")), Now);
        using var cluster = new ProcessCluster($"127.0.0.1:{port}");
        await cluster.Start(Now, "text", "vision", "decode");

        await AnswersAreTheReferences(cluster);
    }

    [Fact]
    public async Task A_killed_decode_silo_ends_its_own_requests_with_a_clear_status_and_no_others()
    {
        using var cluster = new ProcessCluster();
        await cluster.Start(Now, "text", "vision", "decode", "decode");
        await cluster.First("gateway").When(lines => lines.FirstOrDefault(line => line.Contains("engines: 2")), Now);
        var doomed = cluster.First("decode");
        var streams = Enumerable.Range(0, 12).Select(n => cluster.Client.Generate(Long($"Question {n}"), cancellationToken: Now)).ToArray();
        foreach (var stream in streams)
            Assert.True(await stream.ResponseStream.MoveNext(Now)); // each has its engine

        doomed.Kill();

        var ends = await Task.WhenAll(streams.Select(End));
        Assert.Equal([StatusCode.OK, StatusCode.Unavailable], ends.Distinct().Order());
        Assert.NotEmpty((await cluster.Client.Ask(Asking.Request("Describe this image.", Asking.Scene("scene_00.png")), Now)).TokenIds);
    }

    private static async Task AnswersAreTheReferences(ProcessCluster cluster)
    {
        using var expected = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "scenes", "expected.json")));
        foreach (var row in expected.RootElement.GetProperty("rows").EnumerateArray().Where(row => row.GetProperty("image").GetString() == "scene_00.png"))
        {
            var (ids, text) = await cluster.Client.Ask(Asking.Request(row.GetProperty("question").GetString()!, Asking.Scene("scene_00.png")), Now);

            Assert.Equal(row.GetProperty("answer_ids").EnumerateArray().Select(id => id.GetInt32()), ids);
            Assert.Equal(row.GetProperty("answer").GetString(), text);
        }
    }

    private static Contracts.V1.GenerateRequest Long(string question)
    {
        var request = Asking.Request(question);
        request.Sampling.IgnoreEndTokens = true;
        request.Sampling.MaxTokens = 300;
        return request;
    }

    private static async Task<StatusCode> End(AsyncServerStreamingCall<Contracts.V1.GenerateEvent> stream)
    {
        try
        {
            while (await stream.ResponseStream.MoveNext(Now))
            {
            }
            return StatusCode.OK;
        }
        catch (RpcException exception)
        {
            return exception.StatusCode;
        }
        finally
        {
            stream.Dispose();
        }
    }
}
