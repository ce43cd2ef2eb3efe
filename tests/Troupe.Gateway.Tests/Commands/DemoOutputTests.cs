using System.Text.Json;
using Grpc.Net.Client;
using Spectre.Console;
using Troupe.Contracts.Decoding;
using Troupe.Contracts.Generation;
using Troupe.Gateway.Commands;
using Troupe.Gateway.Tests.Fakes;
using V1 = Troupe.Contracts.V1;

namespace Troupe.Gateway.Tests.Commands;

public class DemoOutputTests
{
    [Fact]
    public async Task Json_lines_are_all_that_is_printed()
    {
        var (exitCode, output, error) = await DemoRun.Run(Answering(), "--once", "--json");

        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal(0, exitCode);
        Assert.Equal("", error);
        Assert.Equal(
            ["""{"event":"token","id":4,"text":" A"}""", """{"event":"token","id":5,"text":""}""", """{"event":"token","id":6,"text":" \"ré\"."}""", """{"event":"token","id":2,"text":""}"""],
            lines[..^1].Select(line => line.GetRawText()));
        var done = lines[^1];
        Assert.Equal(["event", "answer", "prompt_tokens", "completion_tokens", "ttft_ms", "tokens_per_second", "finish_reason"], done.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("done", "A \"ré\".", 7, 4, "stop"), (
            done.GetProperty("event").GetString(), done.GetProperty("answer").GetString(), done.GetProperty("prompt_tokens").GetInt32(),
            done.GetProperty("completion_tokens").GetInt32(), done.GetProperty("finish_reason").GetString()));
        Assert.True(done.GetProperty("ttft_ms").GetDouble() > 0);
        Assert.True(done.GetProperty("tokens_per_second").GetDouble() > 0);
    }

    [Fact]
    public async Task An_answer_that_was_cut_says_length()
    {
        var cluster = Answering(ChoiceEnd.Length);
        var (_, output, _) = await DemoRun.Run(cluster, "--once", "--json", "--max-tokens", "4");
        Assert.Contains("\"finish_reason\":\"length\"", output, StringComparison.Ordinal);
        Assert.Equal(4, (await cluster.NextSubmitted()).Request.Sampling.MaxTokens);
    }

    [Fact]
    public async Task Prompts_make_one_conversation_with_the_picture_in_its_first_turn()
    {
        var cluster = Answering();
        await DemoRun.Run(cluster, "--once", "--json", "--prompt", "One?", "--prompt", "Two?");

        var first = (await cluster.NextSubmitted()).Request;
        var second = await cluster.NextSubmitted();
        Assert.Equal(["user: <>One?"], first.Messages.Select(Show));
        Assert.Equal(["user: <>One?", "assistant: A \"ré\".", "user: Two?"], second.Request.Messages.Select(Show));
        Assert.Equal(await File.ReadAllBytesAsync(DemoPicture.Bundled), second.Media.Single().ToArray());

        static string Show(Contracts.Prompts.Turn turn) => $"{turn.Role}: {string.Concat(turn.Content.Select(part => part.Text ?? "<>"))}";
    }

    [Fact]
    public async Task Without_a_picture_the_conversation_is_text_alone()
    {
        var cluster = Answering();
        await DemoRun.Run(cluster, "--once", "--json", "--image", "none");
        Assert.Empty((await cluster.NextSubmitted()).Request.Media);
    }

    [Fact]
    public async Task Redirected_output_is_plain_lines()
    {
        var (exitCode, output, _) = await DemoRun.Run(Answering(), "--once", "--prompt", "What?");
        Assert.Equal(0, exitCode);
        Assert.Contains($"Picture: {DemoPicture.Bundled}\nQuestion: What?\nAnswer: A \"ré\".\nTime to first token: ", output, StringComparison.Ordinal);
        Assert.Matches(@"Time to first token: \d+ ms; \d+\.\d tokens per second; 7 prompt tokens, 4 new tokens\n$", output);
        Assert.DoesNotContain('\u001b', output);
    }

    [Fact]
    public async Task After_the_answer_it_serves_until_it_is_stopped()
    {
        using var stop = new CancellationTokenSource();
        using var output = new AwaitedWriter("Ctrl-C stops.");
        var run = DemoRun.Run(Answering(), output, stop.Token);
        await output.Seen.WaitAsync(TimeSpan.FromSeconds(30));

        var address = output.ToString().Split('\n').Single(line => line.StartsWith("Serving gRPC at ", StringComparison.Ordinal)).Split(' ')[3];
        using (var channel = GrpcChannel.ForAddress(address))
            Assert.Single((await new V1.Inference.InferenceClient(channel).ListModelsAsync(new V1.ListModelsRequest())).Models);

        await stop.CancelAsync();
        Assert.Equal((0, ""), await run.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task A_refused_question_is_one_line_and_an_exit_code()
    {
        var cluster = new FakeCluster { Verdict = _ => SubmitResult.Refused(RefusalKind.Invalid, "Picture 1: the picture is broken.\nSend another.") };
        var (exitCode, output, error) = await DemoRun.Run(cluster, "--once", "--json");
        Assert.Equal((1, "", "troupe: The gateway answered InvalidArgument: Picture 1: the picture is broken. Send another.\n"), (exitCode, output, error));
    }

    [Fact]
    public void What_a_model_or_a_caller_says_does_not_steer_the_terminal()
    {
        using var output = new StringWriter();
        var demo = new ConsoleDemoOutput(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Ansi = AnsiSupport.No }));
        demo.Question("[red]What[/] {0}?", null);
        demo.Tokens(new V1.Tokens { Text = " [bold]A\u001b[2J\u0007 {1}\nB" });
        Assert.EndsWith("? [red]What[/] {0}?\n> [bold]A[2J {1}\nB", output.ToString().ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    private static FakeCluster Answering(ChoiceEnd end = ChoiceEnd.Stop) => new()
    {
        Script = generation =>
        {
            generation.Accept();
            generation.Say(" A", 4);
            generation.Say(" \"ré\".", 5, 6);
            generation.Say("", end, 2);
            generation.Finish();
        },
    };
}
