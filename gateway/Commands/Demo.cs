using Grpc.Core;
using Troupe.Gateway.Errors;
using Troupe.Gateway.Hosting;
using Troupe.Grains.Generation;
using Troupe.Models.Checkpoints;

namespace Troupe.Gateway.Commands;

/// <summary>One run of the demo: start everything, ask, answer, serve on.</summary>
internal static class Demo
{
    private const string ModelPath = "Troupe:Model:Path";

    public static async Task Run(DemoOptions options, IDemoOutput output, Action<WebApplicationBuilder> addCluster, CancellationToken cancellation)
    {
        var settings = Settings(options.Settings);
        CheckModel(settings[ModelPath]!);

        WebApplication app = null!;
        await output.Working("Reading the model's settings", () => Task.FromResult(app = GatewayHost.Build("Demo", options.Arguments, settings, addCluster)));
        await using var stopped = app;
        await output.Working("Loading the model and starting the cluster", () => GatewayHost.Start(app, cancellation));
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation, app.Lifetime.ApplicationStopping);
        try
        {
            await output.Working("Waiting for every stage", () => app.Services.GetRequiredService<IInferenceCluster>().WhenReady(stopping.Token));
            var addresses = GatewayAddresses.Of(app);
            await Converse(options, addresses.Grpc, output, stopping.Token);
            if (!options.Once)
            {
                output.Serving(addresses);
                await app.WaitForShutdownAsync(cancellation);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Ctrl-C: there is nothing more to say.
        }
        finally
        {
            await app.StopAsync(CancellationToken.None);
        }
    }

    private static async Task Converse(DemoOptions options, Uri address, IDemoOutput output, CancellationToken cancellation)
    {
        using var client = new DemoClient(address, options.MaxTokens);
        var picture = options.Picture;
        foreach (var prompt in options.Prompts)
        {
            output.Question(prompt, picture);
            try
            {
                output.Answer(await client.Ask(prompt, picture?.Bytes, output.Tokens, cancellation));
            }
            catch (RpcException exception) when (!cancellation.IsCancellationRequested)
            {
                throw new CommandException($"The gateway answered {exception.StatusCode}: {exception.Status.Detail}", exception);
            }
            picture = null; // it stays in the conversation
        }
    }

    private static Dictionary<string, string?> Settings(IReadOnlyDictionary<string, string?> given)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Troupe:Mode"] = "Embedded",
            ["Troupe:Model:Name"] = "demo-scenes",
            [ModelPath] = Path.Combine(AppContext.BaseDirectory, "demo", "model"),
            [$"{GatewayOptions.Section}:Address"] = "localhost",
        };
        if (given.TryGetValue(ModelPath, out var model))
            settings["Troupe:Model:Name"] = Path.GetFileName(Path.TrimEndingDirectorySeparator(model!));
        foreach (var (key, value) in given)
            settings[key] = value;
        return settings;
    }

    private static void CheckModel(string path)
    {
        try
        {
            Checkpoint.Open(path).Dispose();
        }
        catch (CheckpointException exception)
        {
            throw new CommandException(exception.Message, exception);
        }
    }
}
