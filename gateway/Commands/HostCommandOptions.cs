using System.CommandLine;
using Troupe.Gateway.Hosting;

namespace Troupe.Gateway.Commands;

/// <summary>Options of every command that starts a host. Each stands for a setting.</summary>
internal sealed class HostCommandOptions
{
    private readonly Option<string?> _model = new("--model") { Description = "Folder of a checkpoint (Troupe:Model:Path).", HelpName = "DIR", Recursive = true };
    private readonly Option<int?> _port = new("--port") { Description = "Port of HTTP; 0 takes any free one (Troupe:Gateway:Port, 8080).", HelpName = "N", Recursive = true };
    private readonly Option<int?> _grpcPort = new("--grpc-port") { Description = "Port of gRPC; 0 takes any free one (Troupe:Gateway:GrpcPort, 8081).", HelpName = "N", Recursive = true };

    public void AddTo(RootCommand root)
    {
        root.Add(_model);
        root.Add(_port);
        root.Add(_grpcPort);
    }

    /// <summary>The settings that were given.</summary>
    public Dictionary<string, string?> Settings(ParseResult parsed)
    {
        var settings = new Dictionary<string, string?>();
        Set("Troupe:Model:Path", parsed.GetValue(_model) is { } model ? Path.GetFullPath(model) : null);
        Set($"{GatewayOptions.Section}:Port", parsed.GetValue(_port)?.ToString());
        Set($"{GatewayOptions.Section}:GrpcPort", parsed.GetValue(_grpcPort)?.ToString());
        return settings;

        void Set(string key, string? value)
        {
            if (value is not null)
                settings[key] = value;
        }
    }
}
