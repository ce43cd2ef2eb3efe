using Troupe.Gateway.Errors;
using Troupe.Grains.Hosting;

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
        try
        {
            var ports = ListenPorts.From(builder.Configuration);
            ports.Probe(); // before anything slow
            builder.AddServiceDefaults().AddGateway(ports);
            addCluster(builder);
        }
        catch (Exception exception)
        {
            throw new CommandException(Cause(exception).Message, exception);
        }

        var app = builder.Build();
        app.MapServiceDefaults().MapGateway();
        return app;
    }

    /// <summary>Starts the cluster, then opens the ports.</summary>
    /// <exception cref="CommandException">It cannot start.</exception>
    public static async Task Start(WebApplication app, CancellationToken cancellation)
    {
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new CommandException(Cause(exception).Message, exception);
        }
    }

    // What a person can mend, without what is wrapped around it. The host's log has the whole.
    private static Exception Cause(Exception exception) => exception switch
    {
        AggregateException { InnerException: { } inner } => Cause(inner),
        TypeInitializationException { InnerException: { } inner } => Cause(inner),
        _ => exception,
    };
}
