namespace Troupe.Contracts.Generation;

/// <summary>A request's name in the whole cluster. Ids are scoped by tenant.</summary>
[GenerateSerializer, Immutable, Alias("troupe.GenerationKey")]
public readonly record struct GenerationKey([property: Id(0)] string Tenant, [property: Id(1)] string Id)
{
    public override string ToString() => $"{Tenant}/{Id}";
}
