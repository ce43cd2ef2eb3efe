using System.Text.RegularExpressions;

namespace Troupe.Cluster.Tests.Processes;

/// <summary>A client in another language, written against the .proto alone.</summary>
public sealed partial class NodeClientTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_Node_client_that_has_nothing_but_the_proto_gets_the_stream()
    {
        var folder = Path.Combine(Repository(), "tests", "clients", "node");
        Assert.SkipUnless(Programs.OnPath("node"), "node is not on the PATH; install Node.js 20 to run this test");
        Assert.SkipUnless(Directory.Exists(Path.Combine(folder, "node_modules")), "the client's packages are not there; run npm ci in tests/clients/node");
        using var demo = ChildProcess.Dotnet("Troupe.Gateway.dll", "demo", "--port", "0", "--grpc-port", "0");
        var address = await demo.When(lines => lines.Select(line => Serving().Match(line)).FirstOrDefault(match => match.Success)?.Groups[1].Value, Now);

        using var client = ChildProcess.Start("node", Path.Combine(folder, "generate.mjs"), address, Path.Combine(AppContext.BaseDirectory, "scenes", "scene_00.png"), "What is in the centre?");

        Assert.Equal("A large red square.", (await client.When(lines => lines.FirstOrDefault(line => line.Contains("square")), Now)).Trim());
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Cluster.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        return folder.FullName;
    }

    [GeneratedRegex(@"Serving gRPC at http://([^/]+)/")]
    private static partial Regex Serving();
}
