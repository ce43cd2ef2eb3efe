using Grpc.Core;
using Troupe.Contracts.Generation;
using Troupe.Gateway.Errors;
using Troupe.Gateway.Telemetry;
using Troupe.Gateway.Validation;
using Troupe.Grains.Generation;
using V1 = Troupe.Contracts.V1;

namespace Troupe.Gateway.Grpc;

/// <summary>troupe.v1.Inference: the door, and then the cluster.</summary>
internal sealed class InferenceService(IInferenceCluster cluster, RequestValidator validator, GenerationReaders readers, GatewayMetrics metrics) : V1.Inference.InferenceBase
{
    public override async Task Generate(V1.GenerateRequest request, IServerStreamWriter<V1.GenerateEvent> responseStream, ServerCallContext context)
    {
        var timing = metrics.Begin();
        try
        {
            var valid = validator.Generation(request);
            timing.Passed(valid.Request);
            await Stream(valid, responseStream, timing, context.CancellationToken);
            timing.End();
        }
        catch (Exception exception)
        {
            timing.End(exception);
            throw;
        }
    }

    public override async Task<V1.CancelResponse> Cancel(V1.CancelRequest request, ServerCallContext context)
    {
        var key = validator.Key(request);
        return await cluster.Cancel(key)
            ? new V1.CancelResponse()
            : throw new RequestException(Fault.UnknownRequest, $"There is no request '{key.Id}' here. It may have ended long ago, or run behind another gateway; send the id that `accepted` told.");
    }

    public override async Task<V1.CountTokensResponse> CountTokens(V1.CountTokensRequest request, ServerCallContext context)
    {
        var valid = validator.Prompt(request);
        var prompt = await cluster.BuildPrompt(valid.Model, valid.Request, context.CancellationToken);
        if (prompt.Refusal is { } refusal)
            throw RequestException.From(refusal);
        return new V1.CountTokensResponse { PromptTokens = prompt.TokenIds.Length, MediaTokens = prompt.Slots.Sum(slot => slot.Length) };
    }

    public override Task<V1.ListModelsResponse> ListModels(V1.ListModelsRequest request, ServerCallContext context)
    {
        var response = new V1.ListModelsResponse();
        response.Models.AddRange(cluster.Models.Select(EventMapper.Map));
        return Task.FromResult(response);
    }

    private async Task Stream(ValidGeneration valid, IServerStreamWriter<V1.GenerateEvent> writer, GenerationTiming timing, CancellationToken cancellation)
    {
        var key = valid.Request.Key;
        var submitted = await cluster.Submit(valid.Request, valid.Media, cancellation);
        if (submitted.Refusal is { } refusal)
            throw RequestException.From(refusal);

        var ended = false;
        readers.Enter(key);
        try
        {
            await foreach (var happened in cluster.Read(key, cancellation))
            {
                ended = happened is FinishedEvent or FailedEvent;
                await Write(happened, writer, timing, cancellation);
            }
        }
        finally
        {
            if (readers.Leave(key) && !ended)
                await cluster.Cancel(key);
        }
    }

    private static Task Write(GenerationEvent happened, IServerStreamWriter<V1.GenerateEvent> writer, GenerationTiming timing, CancellationToken cancellation)
    {
        switch (happened)
        {
            case AcceptedEvent accepted:
                return writer.WriteAsync(EventMapper.Map(accepted), cancellation);
            case TokensEvent tokens:
                timing.Tokens(tokens.TokenIds.Length);
                return writer.WriteAsync(EventMapper.Map(tokens), cancellation);
            case FinishedEvent finished:
                return writer.WriteAsync(EventMapper.Map(finished), cancellation);
            case FailedEvent failed:
                throw RequestException.From(failed.Failure);
            default:
                throw new InvalidOperationException($"{happened.GetType().Name} is no event that a caller can be told of.");
        }
    }
}
