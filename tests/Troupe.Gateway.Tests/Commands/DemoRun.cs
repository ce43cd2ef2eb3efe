using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Troupe.Gateway.Commands;
using Troupe.Gateway.Tests.Fakes;
using Troupe.Grains.Generation;

namespace Troupe.Gateway.Tests.Commands;

/// <summary>The command <c>demo</c> in this process, in front of a fake cluster.</summary>
internal static class DemoRun
{
    public static async Task<(int ExitCode, string Output, string Error)> Run(FakeCluster cluster, params string[] arguments)
    {
        using var output = new StringWriter();
        var (exitCode, error) = await Run(cluster, output, CancellationToken.None, arguments);
        return (exitCode, output.ToString(), error);
    }

    public static async Task<(int ExitCode, string Error)> Run(FakeCluster cluster, TextWriter output, CancellationToken cancellation, params string[] arguments)
    {
        using var error = new StringWriter();
        var parsed = TroupeCommand.Parse(["demo", "--port", "0", "--grpc-port", "0", .. arguments], builder => builder.Services.AddSingleton<IInferenceCluster>(cluster));
        var exitCode = await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error, ProcessTerminationTimeout = null }, cancellation);
        return (exitCode, error.ToString());
    }
}
