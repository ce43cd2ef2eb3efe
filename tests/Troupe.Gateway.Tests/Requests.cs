using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Troupe.Gateway.Tests.DemoScenes;
using Troupe.Models.Vision;
using V1 = Troupe.Contracts.V1;

namespace Troupe.Gateway.Tests;

/// <summary>Requests as clients write them, and what comes back.</summary>
internal static class Requests
{
    /// <summary>A valid PNG of 128 x 128 pixels.</summary>
    public static byte[] Picture { get; } = PngFile.Of(new Scene(RgbColor.White).Draw(), Scene.Side, Scene.Side);

    public static V1.Part Text(string text) => new() { Text = text };

    public static V1.Part Image(byte[] file) => new() { Image = new V1.Image { Data = ByteString.CopyFrom(file) } };

    public static V1.Message Turn(string role, params V1.Part[] parts)
    {
        var message = new V1.Message { Role = role };
        message.Content.AddRange(parts);
        return message;
    }

    /// <summary>One turn of the user.</summary>
    public static V1.GenerateRequest Ask(params V1.Part[] parts) => Converse(Turn("user", parts));

    public static V1.GenerateRequest Converse(params V1.Message[] messages)
    {
        var request = new V1.GenerateRequest();
        request.Messages.AddRange(messages);
        return request;
    }

    public static V1.GenerateRequest Hello(string id = "") => new(Ask(Text("Hello"))) { RequestId = id };

    public static async Task<List<V1.GenerateEvent>> Collect(this AsyncServerStreamingCall<V1.GenerateEvent> call)
    {
        var events = new List<V1.GenerateEvent>();
        using (call)
        {
            await foreach (var happened in call.ResponseStream.ReadAllAsync())
                events.Add(happened);
        }
        return events;
    }

    /// <summary>The status with which a call fails.</summary>
    public static async Task<RpcException> Refusal(this AsyncServerStreamingCall<V1.GenerateEvent> call) =>
        await Assert.ThrowsAsync<RpcException>(() => call.Collect().WaitAsync(TimeSpan.FromSeconds(30)));

    /// <summary>Field paths and descriptions of an INVALID_ARGUMENT.</summary>
    public static IReadOnlyList<(string Field, string Description)> Violations(this RpcException exception)
    {
        Assert.Equal(StatusCode.InvalidArgument, exception.StatusCode);
        var details = exception.GetRpcStatus()!.GetDetail<BadRequest>();
        return [.. details!.FieldViolations.Select(violation => (violation.Field, violation.Description))];
    }

    public static string? Reason(this RpcException exception) => exception.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason;
}
