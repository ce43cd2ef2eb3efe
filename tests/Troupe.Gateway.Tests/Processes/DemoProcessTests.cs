using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Troupe.Gateway.Commands;

namespace Troupe.Gateway.Tests.Processes;

/// <summary>The demo with everything in it: the bundled model, the cluster, the gateway, a client over a socket.</summary>
[Collection("processes")] // one after the other: there are times in them
public class DemoProcessTests
{
    private static readonly string[] FreePorts = ["--port", "0", "--grpc-port", "0"];

    [Theory]
    [InlineData("shapes.png", "A large red circle at the top left, a small blue star at the top right, a large green triangle in the centre and a large purple ring at the bottom right, on a white background.", "Four.", "White.")]
    [InlineData("night.png", "A small yellow star at the top, a large orange diamond on the left and a large blue square at the bottom right, on a dark background.", "Three.", "Dark.")]
    [InlineData("sky.png", "A large yellow circle at the top right and a small red triangle at the bottom left, on a light blue background.", "Two.", "Light blue.")]
    public async Task The_bundled_model_sees_what_is_in_the_bundled_pictures(string picture, params string[] answers)
    {
        var (exitCode, output, error) = await GatewayProcess.Run(
            ["demo", "--once", "--json", .. FreePorts, "--image", Path.Combine(Path.GetDirectoryName(DemoPicture.Bundled)!, picture),
             "--prompt", "Describe this image.", "--prompt", "How many shapes are there?", "--prompt", "What colour is the background?"]);

        Assert.Equal((0, ""), (exitCode, error));
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        var done = lines.Where(line => line.GetProperty("event").GetString() == "done").ToArray();
        Assert.Equal(answers, done.Select(line => line.GetProperty("answer").GetString()));
        Assert.All(done, line => Assert.Equal("stop", line.GetProperty("finish_reason").GetString()));
        var tokens = lines.Where(line => line.GetProperty("event").GetString() == "token").ToArray();
        Assert.Equal(done.Sum(line => line.GetProperty("completion_tokens").GetInt32()), tokens.Length);
        Assert.Equal(string.Join(" ", answers), string.Concat(tokens.Select(line => line.GetProperty("text").GetString())).Trim());
    }

    [Fact]
    public async Task The_first_answer_is_there_within_ten_seconds_and_ctrl_c_ends_the_demo_well()
    {
        if (OperatingSystem.IsWindows())
            return; // no signal to send
        var clock = Stopwatch.StartNew();
        using var demo = GatewayProcess.Start(["demo", .. FreePorts]);
        Assert.StartsWith("Answer: A large red circle", await demo.Line("Answer:"), StringComparison.Ordinal);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));

        await demo.Line("Ctrl-C stops.");
        demo.Interrupt();
        Assert.Equal((0, ""), await demo.Exited());
    }

    [Theory]
    [InlineData("--port")]
    [InlineData("--grpc-port")]
    public async Task A_port_in_use_is_one_line_with_the_port_and_the_option(string option)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString();
        string[] ports = option == "--port" ? ["--port", port, "--grpc-port", "0"] : ["--port", "0", "--grpc-port", port];

        var (exitCode, output, error) = await GatewayProcess.Run(["demo", "--once", "--json", .. ports]);

        Assert.Equal((1, "", $"troupe: Port {port} is in use; choose another with {option} (0 takes any free one).\n"), (exitCode, output, error));
    }

    [Fact]
    public async Task A_missing_model_is_one_line_with_its_path()
    {
        var missing = Path.Combine(Path.GetTempPath(), "no-such-model");
        await FailsWith($"troupe: {missing}: there is no such folder; ", "--model", missing);
    }

    [Fact]
    public async Task A_missing_picture_is_one_line_with_its_path()
    {
        var missing = Path.Combine(Path.GetTempPath(), "no-such-picture.png");
        await FailsWith($"troupe: {missing}: the picture cannot be read ", "--image", missing);
    }

    [Fact]
    public async Task A_file_that_is_no_picture_is_one_line_before_anything_starts()
    {
        var readme = Path.Combine(AppContext.BaseDirectory, "demo", "model", "README.md");
        await FailsWith($"troupe: {readme}: The file is not a PNG, JPEG, WebP, GIF or BMP picture", "--image", readme);
    }

    [Fact]
    public async Task A_picture_that_breaks_in_the_middle_is_one_line_from_the_vision_stage()
    {
        var broken = Path.Combine(AppContext.BaseDirectory, "broken.png");
        var bytes = await File.ReadAllBytesAsync(DemoPicture.Bundled);
        bytes.AsSpan(60, 200).Fill(0xAA);
        await File.WriteAllBytesAsync(broken, bytes);
        await FailsWith("troupe: The gateway answered InvalidArgument: Picture 1: ", "--image", broken);
    }

    [Fact]
    public async Task An_unknown_option_is_one_line()
    {
        var (exitCode, _, error) = await GatewayProcess.Run("demo", "--bogus");
        Assert.Equal(1, exitCode);
        Assert.StartsWith("troupe: '--bogus' is neither", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private static async Task FailsWith(string line, params string[] arguments)
    {
        var (exitCode, output, error) = await GatewayProcess.Run(["demo", "--once", "--json", .. FreePorts, .. arguments]);
        Assert.Equal((1, ""), (exitCode, output));
        Assert.StartsWith(line, Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }
}
