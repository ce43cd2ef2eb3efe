using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;
using static ArchUnitNET.Fluent.ArchRuleDefinition;
using Assembly = System.Reflection.Assembly;

namespace Troupe.Cluster.Tests.Architecture;

/// <summary>Arrows point one way: Contracts &lt;- Grains -> Engine -> Models; hosts sit on Grains.</summary>
public sealed class ArrowTests
{
    private static readonly Assembly Contracts = typeof(Contracts.Generation.IGenerationGrain).Assembly;
    private static readonly Assembly Models = typeof(Models.Checkpoints.Checkpoint).Assembly;
    private static readonly Assembly Engine = typeof(Engine.DecodeEngine).Assembly;
    private static readonly Assembly Grains = typeof(Grains.Hosting.TroupeSilo).Assembly;

    [Fact]
    public void Contracts_know_no_other_part_no_tensors_and_no_web() =>
        Assert.DoesNotContain(References(Contracts), name => name.StartsWith("Troupe.") || name.StartsWith("TorchSharp") || name.StartsWith("Microsoft.AspNetCore"));

    [Fact]
    public void Models_know_no_other_part_and_no_Orleans() =>
        Assert.DoesNotContain(References(Models), name => name.StartsWith("Troupe.") || name.StartsWith("Orleans"));

    [Fact]
    public void The_engine_knows_models_alone_and_no_Orleans()
    {
        Assert.Equal(["Troupe.Models"], References(Engine).Where(name => name.StartsWith("Troupe.")));
        Assert.DoesNotContain(References(Engine), name => name.StartsWith("Orleans"));
    }

    [Fact]
    public void Grains_know_no_host() =>
        Assert.Equal(["Troupe.Contracts", "Troupe.Engine", "Troupe.Models"], References(Grains).Where(name => name.StartsWith("Troupe.")).Order());

    /// <summary>Pure state machines can be replayed from a seed.</summary>
    [Fact]
    public void The_protocol_knows_no_task_no_Orleans_and_no_clock()
    {
        var architecture = new ArchLoader().LoadAssemblies(Grains, Contracts, typeof(Task).Assembly, typeof(Orleans.Grain).Assembly).Build();
        var forbidden = Types().That().HaveFullNameMatching(@"^System\.Threading\.(Tasks\.Task|Timer|PeriodicTimer|Thread$|Lock$)|^System\.TimeProvider$|^System\.Diagnostics\.Stopwatch$|^Orleans\.(Grain$|IGrain|Runtime)");

        Types().That().ResideInNamespace("Troupe.Grains.Protocol").Should().NotDependOnAny(forbidden).Check(architecture);
    }

    /// <summary>A Scalar that is made in passing may be freed while libtorch reads it; TorchScalars keeps it alive.</summary>
    [Fact]
    public void Numbers_reach_libtorch_through_TorchScalars_alone()
    {
        var architecture = new ArchLoader().LoadAssemblies(Models, typeof(TorchSharp.Scalar).Assembly).Build();
        var users = Types().That().ResideInAssembly(Models).And().DoNotHaveName("TorchScalars");

        users.Should().NotDependOnAny(typeof(TorchSharp.Scalar)).Check(architecture);
    }

    private static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(name => name.Name!);
}
