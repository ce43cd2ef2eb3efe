using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;

namespace Troupe.Grains.Decoding;

/// <summary>The way of tokens to the owners: one link for each silo that owns requests of this engine.</summary>
internal sealed class OwnerLinks(IServiceProvider services)
{
    private readonly ConcurrentDictionary<SiloAddress, OwnerLink> _links = new();

    public OwnerLink Of(SiloAddress silo) => _links.GetOrAdd(silo, static (silo, services) => ActivatorUtilities.CreateInstance<OwnerLink>(services, silo), services);

    /// <summary>A silo is gone: nobody reads what it owned.</summary>
    public void Close(SiloAddress silo)
    {
        if (_links.TryRemove(silo, out var link))
            link.Close();
    }
}
