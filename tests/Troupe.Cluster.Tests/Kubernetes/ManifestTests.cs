using Microsoft.Extensions.Configuration;
using Troupe.Contracts.Cluster;
using Troupe.Grains.Hosting;

namespace Troupe.Cluster.Tests.Kubernetes;

/// <summary>The manifests say nothing that the hosts do not understand.</summary>
public sealed class ManifestTests
{
    private static readonly string Base = Path.Combine(AppContext.BaseDirectory, "k8s", "base");

    [Fact]
    public void The_kustomization_lists_every_manifest_and_each_parses()
    {
        var listed = Manifest.Load(Path.Combine(Base, "kustomization.yaml")).Single().List("resources").Select(node => node.ToString());

        Assert.Equal(Directory.GetFiles(Base).Select(Path.GetFileName).Where(name => name != "kustomization.yaml").Order(), listed.Order());
        Assert.All(Workloads(), workload => Assert.NotEmpty(workload.Text("metadata", "name")));
    }

    [Fact]
    public void The_environment_of_every_pod_is_a_configuration_that_a_host_accepts()
    {
        var shared = Documents().Single(document => document.Text("kind") == "ConfigMap").Map("data");
        var roles = new List<string>();
        foreach (var workload in Workloads().Where(workload => workload.Text("metadata", "name") != "redis"))
        {
            var options = TroupeConfiguration.Read(new ConfigurationBuilder().AddInMemoryCollection(Environment(workload, shared)).Build());

            Assert.Equal(TroupeMode.Member, options.Mode);
            Assert.Equal("redis:6379", options.Cluster.Redis);
            roles.AddRange(options.Roles);
        }
        Assert.Equal(Roles.All.Order(), roles.Order());
    }

    [Fact]
    public void Every_variable_of_ours_is_an_option_that_exists()
    {
        var names = Documents().Where(document => document.Text("kind") == "ConfigMap").SelectMany(document => document.Map("data").Keys)
            .Concat(Workloads().SelectMany(workload => workload.Containers()).Where(container => container.Has("env")).SelectMany(container => container.List("env")).Select(variable => variable.Text("name")))
            .Where(name => name.StartsWith("Troupe__"));

        Assert.All(names, name => Assert.True(IsOption(name), $"{name} is no option"));
    }

    private static bool IsOption(string variable)
    {
        var type = typeof(TroupeOptions);
        foreach (var part in variable.Split("__")[1..])
        {
            if (type.GetProperty(part) is not { } property)
                return false;
            type = property.PropertyType;
        }
        return true;
    }

    private static Dictionary<string, string?> Environment(Manifest workload, IReadOnlyDictionary<string, string> shared)
    {
        var variables = shared.ToDictionary(pair => pair.Key.Replace("__", ":"), pair => (string?)pair.Value);
        foreach (var variable in workload.Containers().Single().List("env"))
            variables[variable.Text("name").Replace("__", ":")] = variable.Has("value") ? variable.Text("value") : "10.0.0.1"; // a pod's address
        return variables;
    }

    private static IEnumerable<Manifest> Workloads() => Documents().Where(document => document.Text("kind") == "Deployment");

    private static IEnumerable<Manifest> Documents() => Directory.GetFiles(Base).SelectMany(Manifest.Load);
}
