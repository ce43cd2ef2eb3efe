using Troupe.Gateway.Errors;
using Troupe.Grains.Hosting;
using Troupe.Models.Checkpoints;

namespace Troupe.Gateway.Hosting;

/// <summary>Builds and starts a gateway in front of whatever cluster it is given.</summary>
internal static class GatewayHost
{
    /// <param name="environment">Production, Development or Demo; null takes it from the process's environment.</param>
    /// <param name="arguments">Settings in the form <c>--Section:Key=value</c>.</param>
    /// <param name="settings">Settings that override all others.</param>
    /// <param name="addCluster">Adds the cluster behind the gateway.</param>
    /// <exception cref="CommandException">The settings cannot be served.</exception>
    public static WebApplication Build(string? environment, string[] arguments, IReadOnlyDictionary<string, string?> settings, Action<WebApplicationBuilder> addCluster)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            EnvironmentName = environment,
            Args = arguments,
            ContentRootPath = AppContext.BaseDirectory, // where appsettings.json lies, from wherever the program is started
        });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.AddServiceDefaults().AddGateway();
        addCluster(builder);

        var app = builder.Build();
        app.MapServiceDefaults().MapGateway();
        return app;
    }

    /// <summary>Starts the cluster, then opens the ports.</summary>
    /// <exception cref="CommandException">It cannot start.</exception>
    public static async Task Start(WebApplication app, CancellationToken cancellation)
    {
        app.Services.GetRequiredService<ListenPorts>().Probe();
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (Exception exception) when (Cause(exception) is { } cause)
        {
            throw new CommandException(cause.Message, exception);
        }
    }

    // What silo and server wrap around the reasons that a person can mend.
    private static Exception? Cause(Exception? exception) => exception switch
    {
        null => null,
        CheckpointException or CommandException => exception,
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } => exception,
        AggregateException several => several.InnerExceptions.Select(Cause).FirstOrDefault(cause => cause is not null),
        _ => Cause(exception.InnerException),
    };
}
