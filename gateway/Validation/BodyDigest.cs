using System.Security.Cryptography;
using Google.Protobuf;
using Troupe.Contracts.Generation;
using V1 = Troupe.Contracts.V1;

namespace Troupe.Gateway.Validation;

/// <summary>Digest of everything in a request that decides its answer, so that an id can be told to name the same request again.</summary>
internal static class BodyDigest
{
    /// <summary>SHA-256 over the deterministic serialisation of the request without its id, with the hash of each medium in place of its bytes.</summary>
    /// <param name="request">A request without violations.</param>
    /// <param name="model">Name of the model that was resolved.</param>
    /// <param name="choices">Number of choices that was resolved.</param>
    /// <param name="media">In order of appearance.</param>
    public static string Of(V1.GenerateRequest request, string model, int choices, IReadOnlyList<MediaReference> media)
    {
        var body = new V1.GenerateRequest { Model = model, Choices = choices, Sampling = request.Sampling, Prompt = request.Prompt };
        var next = 0;
        foreach (var message in request.Messages)
        {
            var copy = new V1.Message { Role = message.Role };
            foreach (var part in message.Content)
                copy.Content.Add(part.PartCase == V1.Part.PartOneofCase.Image ? Hash(media[next++]) : part);
            body.Messages.Add(copy);
        }
        using var bytes = new MemoryStream();
        using (var output = new CodedOutputStream(bytes, leaveOpen: true) { Deterministic = true })
            body.WriteTo(output);
        return Convert.ToHexStringLower(SHA256.HashData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
    }

    private static V1.Part Hash(MediaReference medium) =>
        new() { Image = new V1.Image { Data = ByteString.CopyFrom(Convert.FromHexString(medium.Hash)) } };
}
