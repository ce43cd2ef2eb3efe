using System.Security.Cryptography;
using Troupe.Contracts.Generation;

namespace Troupe.Contracts.Encoding;

/// <summary>The cluster-wide name of a picture's features.</summary>
public static class EncoderKey
{
    /// <summary><c>revision|digest</c>. The revision covers weights and processor settings; the tenant keeps one from probing what another has sent.</summary>
    public static string Of(string tenant, string revision, MediaReference medium, bool? splitImages)
    {
        var digest = SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"image\0frame 0\0{medium.Hash}\0{splitImages}\0{tenant}"));
        return $"{revision}|{Convert.ToHexStringLower(digest)}";
    }
}
