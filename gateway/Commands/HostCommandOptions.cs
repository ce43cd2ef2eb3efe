using System.CommandLine;
using System.Net;
using System.Text.RegularExpressions;
using Troupe.Gateway.Errors;
using Troupe.Gateway.Hosting;

namespace Troupe.Gateway.Commands;

/// <summary>Options of every command that starts a host. Each stands for a setting.</summary>
internal sealed partial class HostCommandOptions
{
    private readonly Option<string?> _model = new("--model") { Description = "Folder of a checkpoint (Troupe:Model:Path).", HelpName = "DIR", Recursive = true };
    private readonly Option<int?> _port = NumberOption.Create("--port", "Port of HTTP; 0 takes any free one (Troupe:Gateway:Port, 8080).", 0, IPEndPoint.MaxPort, recursive: true);
    private readonly Option<int?> _grpcPort = NumberOption.Create("--grpc-port", "Port of gRPC; 0 takes any free one (Troupe:Gateway:GrpcPort, 8081).", 0, IPEndPoint.MaxPort, recursive: true);

    public void AddTo(RootCommand root)
    {
        root.Add(_model);
        root.Add(_port);
        root.Add(_grpcPort);
    }

    /// <summary>Everything else that was given: settings in the form <c>--Section:Key=value</c>.</summary>
    /// <exception cref="CommandException">Something is not of that form.</exception>
    public static string[] Arguments(ParseResult parsed)
    {
        if (parsed.UnmatchedTokens.FirstOrDefault(token => !Setting().IsMatch(token)) is { } unknown)
            throw new CommandException($"'{unknown}' is neither a command nor an option nor a setting; --help tells the first two, a setting has the form --Section:Key=value.");
        return [.. parsed.UnmatchedTokens];
    }

    /// <summary>The settings that options stand for.</summary>
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

    [GeneratedRegex("^--[A-Za-z0-9_.]+(:[A-Za-z0-9_.]+)+=")]
    private static partial Regex Setting();
}
