using System.Buffers;
using System.Buffers.Binary;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Net.Http.Headers;
using Troupe.Gateway.Errors;
using Troupe.Gateway.Telemetry;
using Troupe.Gateway.Validation;

namespace Troupe.Gateway.Grpc;

/// <summary>
/// Refuses a message by the length that its prefix announces, with the limit and the remedy. The gRPC layer would refuse it as well, but as
/// RESOURCE_EXHAUSTED, which tells clients to try the same again.
/// </summary>
internal sealed class MessageSizeGuard(RequestLimits limits, GatewayMetrics metrics)
{
    private const int PrefixBytes = 5; // a flag, and the length

    public async Task Invoke(HttpContext context, RequestDelegate next)
    {
        if (await Length(context) is { } length && length > limits.MaxRequestBytes)
        {
            Refuse(context.Response, length);
            metrics.Answered(context.Request.Path, StatusCode.InvalidArgument);
        }
        else
        {
            await next(context);
        }
    }

    /// <summary>Length of the first message; it stays unread.</summary>
    private static async Task<uint?> Length(HttpContext context)
    {
        while (true)
        {
            var read = await context.Request.BodyReader.ReadAsync(context.RequestAborted);
            var prefix = read.Buffer;
            if (prefix.Length >= PrefixBytes)
            {
                var length = Parse(prefix);
                context.Request.BodyReader.AdvanceTo(prefix.Start, prefix.Start); // examined: nothing yet, so that the next read sees it at once
                return length;
            }
            context.Request.BodyReader.AdvanceTo(prefix.Start, prefix.End);
            if (read.IsCompleted)
                return null;
        }
    }

    private static uint Parse(ReadOnlySequence<byte> prefix)
    {
        Span<byte> bytes = stackalloc byte[PrefixBytes];
        prefix.Slice(0, PrefixBytes).CopyTo(bytes);
        return BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]);
    }

    // A status without a message stands in the headers.
    private void Refuse(HttpResponse response, uint length)
    {
        var message = $"The request has {length} bytes; allowed: {limits.MaxRequestBytes}. Send fewer or smaller pictures, or less text.";
        var status = GrpcStatus.From(new RequestException(Fault.Invalid, message)).GetRpcStatus()!;
        response.Headers[HeaderNames.ContentType] = "application/grpc";
        response.Headers["grpc-status"] = status.Code.ToString();
        response.Headers["grpc-message"] = status.Message;
        response.Headers["grpc-status-details-bin"] = Convert.ToBase64String(status.ToByteArray()).TrimEnd('=');
    }
}
