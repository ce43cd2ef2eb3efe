using System.Net;
using Microsoft.Extensions.Configuration;
using Troupe.Contracts.Cluster;

namespace Troupe.Grains.Hosting;

/// <summary>The section <c>Troupe</c> to options that can be served.</summary>
public static class TroupeConfiguration
{
    /// <exception cref="ArgumentException">An option has a value that it cannot have; the message names option, value and remedy.</exception>
    public static TroupeOptions Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(TroupeOptions.Section);
        var options = Bind(section) with { Roles = ReadRoles(section.GetSection(nameof(TroupeOptions.Roles))) };
        if (options.Mode == TroupeMode.Embedded)
            options = options with { Roles = [.. Roles.All] };
        Check(options);
        return options;
    }

    private static TroupeOptions Bind(IConfigurationSection section)
    {
        try
        {
            return section.Get<TroupeOptions>() ?? new TroupeOptions();
        }
        catch (InvalidOperationException e)
        {
            throw new ArgumentException($"The configuration section Troupe cannot be read: {e.InnerException?.Message ?? e.Message}", e);
        }
    }

    private static string[] ReadRoles(IConfigurationSection section)
    {
        var listed = section.Value is { } text ? text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries) : section.GetChildren().Select(child => child.Value ?? "");
        return [.. listed.Distinct()];
    }

    private static void Check(TroupeOptions options)
    {
        if (options.Roles.Except(Roles.All).FirstOrDefault() is { } unknown)
            throw new ArgumentException($"Troupe:Roles has '{unknown}'; roles are {string.Join(", ", Roles.All)}.");
        if (options.Roles.Length == 0)
            throw new ArgumentException($"Troupe:Roles is empty; name one or more of {string.Join(", ", Roles.All)}, or set Troupe:Mode to Embedded for all of them in one process.");
        if (options.Mode == TroupeMode.Member && options.Cluster.Redis is null && options.Cluster.Primary is null)
            throw new ArgumentException("Troupe:Mode is Member, but neither Troupe:Cluster:Redis (host:port) nor Troupe:Cluster:Primary (address:port of a silo) says where the cluster is.");
        if (!IPAddress.TryParse(options.Cluster.Address, out _))
            throw new ArgumentException($"Troupe:Cluster:Address is '{options.Cluster.Address}'; it must be an IP address of this machine.");
        if (options.Cluster.Primary is { } primary && !IPEndPoint.TryParse(primary, out _))
            throw new ArgumentException($"Troupe:Cluster:Primary is '{primary}'; it must be address:port.");
        if (options.Cluster.SiloPort is < 0 or > 65535)
            throw new ArgumentException($"Troupe:Cluster:SiloPort is {options.Cluster.SiloPort}; it must be from 0 (any free one) to 65535.");
        if (options.Features.MaxBytes < 1)
            throw new ArgumentException($"Troupe:Features:MaxBytes is {options.Features.MaxBytes}; it must be 1 or more.");
    }
}
