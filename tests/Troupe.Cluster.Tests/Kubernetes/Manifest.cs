using YamlDotNet.RepresentationModel;

namespace Troupe.Cluster.Tests.Kubernetes;

/// <summary>A node of a manifest, read by path.</summary>
internal sealed record Manifest(YamlNode Node)
{
    /// <summary>The documents of a file.</summary>
    public static IReadOnlyList<Manifest> Load(string path)
    {
        var stream = new YamlStream();
        using var reader = File.OpenText(path);
        stream.Load(reader);
        return [.. stream.Documents.Select(document => new Manifest(document.RootNode))];
    }

    public bool Has(string key) => ((YamlMappingNode)Node).Children.ContainsKey(key);

    public Manifest At(params ReadOnlySpan<string> path)
    {
        var node = Node;
        foreach (var key in path)
            node = node[key];
        return new Manifest(node);
    }

    public string Text(params ReadOnlySpan<string> path) => ((YamlScalarNode)At(path).Node).Value!;

    public IReadOnlyList<Manifest> List(params ReadOnlySpan<string> path) => [.. ((YamlSequenceNode)At(path).Node).Select(node => new Manifest(node))];

    public IReadOnlyDictionary<string, string> Map(string key) =>
        ((YamlMappingNode)Node[key]).Children.ToDictionary(pair => ((YamlScalarNode)pair.Key).Value!, pair => ((YamlScalarNode)pair.Value).Value!);

    public IReadOnlyList<Manifest> Containers() => List("spec", "template", "spec", "containers");

    public override string ToString() => Node.ToString();
}
