using System.Diagnostics;
using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Troupe.Contracts.V1;

namespace Troupe.Gateway.Commands;

/// <summary>A conversation over gRPC, as any C# program would hold it. It knows nothing of the cluster but its address.</summary>
internal sealed class DemoClient : IDisposable
{
    private readonly GrpcChannel _channel;
    private readonly Inference.InferenceClient _inference;
    private readonly GenerateRequest _conversation = new() { Sampling = new Sampling() };

    public DemoClient(Uri address, int? maxTokens)
    {
        _channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true }, // one connection carries a limited number of streams
            DisposeHttpClient = true,
        });
        _inference = new Inference.InferenceClient(_channel);
        if (maxTokens is { } most)
            _conversation.Sampling.MaxTokens = most;
    }

    /// <summary>Adds a turn to the conversation and reads the answer, which becomes a turn too.</summary>
    /// <param name="question">The user's text.</param>
    /// <param name="picture">An encoded picture file that the question is about, or null.</param>
    /// <param name="onTokens">Called for each event with new tokens.</param>
    /// <exception cref="RpcException">The request was refused, or the answer broke off.</exception>
    public async Task<DemoAnswer> Ask(string question, byte[]? picture, Action<Tokens> onTokens, CancellationToken cancellation)
    {
        var turn = new Message { Role = "user" };
        if (picture is not null)
            turn.Content.Add(new Part { Image = new Image { Data = UnsafeByteOperations.UnsafeWrap(picture) } });
        turn.Content.Add(new Part { Text = question });
        _conversation.Messages.Add(turn);

        var text = new StringBuilder();
        var usage = new Usage();
        var finish = FinishReason.Unspecified;
        var pace = new DemoPace(Stopwatch.StartNew());

        using var call = _inference.Generate(_conversation, cancellationToken: cancellation);
        await foreach (var happened in call.ResponseStream.ReadAllAsync(cancellation))
        {
            if (happened.Tokens is { } tokens)
            {
                pace.Tokens(tokens.TokenIds.Count);
                text.Append(tokens.Text);
                finish = tokens.FinishReason;
                onTokens(tokens);
            }
            else if (happened.Finished is { } finished)
            {
                usage = finished.Usage;
            }
        }

        var answer = new Message { Role = "assistant" };
        answer.Content.Add(new Part { Text = text.ToString().Trim() });
        _conversation.Messages.Add(answer);
        return new DemoAnswer(text.ToString().Trim(), usage.PromptTokens, usage.CompletionTokens, pace.TimeToFirstToken, pace.TokensPerSecond, finish);
    }

    public void Dispose() => _channel.Dispose();
}
