using Google.Protobuf;
using Grpc.Core;
using Troupe.Contracts.V1;

namespace Troupe.Cluster.Tests.Processes;

internal static class Asking
{
    public static byte[] Scene(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "scenes", name));

    public static GenerateRequest Request(string question, byte[]? picture = null)
    {
        var turn = new Message { Role = "user" };
        if (picture is not null)
            turn.Content.Add(new Part { Image = new Image { Data = ByteString.CopyFrom(picture) } });
        turn.Content.Add(new Part { Text = question });
        return new GenerateRequest { Messages = { turn }, Sampling = new Sampling { Temperature = 0 } };
    }

    public static async Task<(int[] TokenIds, string Text)> Ask(this Inference.InferenceClient client, GenerateRequest request, CancellationToken cancellation)
    {
        using var call = client.Generate(request, cancellationToken: cancellation);
        var events = await call.ResponseStream.ReadAllAsync(cancellation).ToArrayAsync(cancellation);
        return ([.. events.Where(e => e.Tokens is not null).SelectMany(e => e.Tokens.TokenIds)], string.Concat(events.Select(e => e.Tokens?.Text)).Trim());
    }
}
