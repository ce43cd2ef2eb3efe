namespace Troupe.Contracts.Cluster;

/// <summary>What a silo may be for. A silo has any subset.</summary>
public static class Roles
{
    public const string Gateway = "gateway";
    public const string Text = "text";
    public const string Vision = "vision";
    public const string Decode = "decode";

    public static IReadOnlyList<string> All { get; } = [Gateway, Text, Vision, Decode];

    /// <summary>Keys of a silo's metadata in the membership.</summary>
    public static class Metadata
    {
        /// <summary>Roles separated by commas.</summary>
        public const string Roles = "troupe.roles";

        /// <summary>Revision of the model that it serves.</summary>
        public const string Revision = "troupe.revision";
    }
}
