using Troupe.Contracts.Decoding;
using Troupe.Contracts.Encoding;
using Troupe.Contracts.Generation;
using Troupe.Contracts.Prompts;

namespace Troupe.Grains.Protocol;

/// <summary>
/// Who decides what was said: one request under one claim. Takes what happened, gives what to do; knows no task, no clock and no network.
/// Accepted tokens are emitted once and never change. Not safe for concurrent use.
/// </summary>
internal sealed class Owner(GenerationRequest request, long epoch)
{
    /// <summary>Encodes again when features were evicted before an engine pulled them; more often than this is trouble.</summary>
    private const int MostEncodings = 3;

    private readonly FeatureHandle?[] _features = new FeatureHandle?[request.Media.Length];
    private readonly AcceptedChoice[] _choices = [.. Enumerable.Range(0, request.Choices).Select(_ => new AcceptedChoice())];
    private readonly HashSet<string> _triedEngines = [];
    private readonly List<OwnerOutput> _outputs = [];
    private PromptResult? _prompt;
    private int _encodings = 1;

    public OwnerStage Stage { get; private set; } = OwnerStage.New;

    /// <summary>The engine that has the request, or is asked to take it; null before.</summary>
    public string? Engine { get; private set; }

    /// <summary>What to do now that this has happened, in order.</summary>
    public IReadOnlyList<OwnerOutput> Handle(OwnerInput input)
    {
        _outputs.Clear();
        if (Stage != OwnerStage.Ended)
            Act(input);
        return [.. _outputs];
    }

    private void Act(OwnerInput input)
    {
        switch (input)
        {
            case Begin when Stage == OwnerStage.New:
                Stage = OwnerStage.Preparing;
                _outputs.Add(new BuildPrompt());
                EncodeMissing();
                break;
            case PromptBuilt built when Stage == OwnerStage.Preparing:
                _prompt = built.Prompt;
                SubmitWhenPrepared();
                break;
            case MediumEncoded encoded when Stage == OwnerStage.Preparing:
                _features[encoded.Medium] = encoded.Features;
                SubmitWhenPrepared();
                break;
            case EngineAnswered answered when Stage == OwnerStage.Submitting && answered.Engine == Engine:
                Answered(answered.Answer);
                break;
            case NoEngine none when Stage == OwnerStage.Submitting:
                Fail(none.Refusal);
                break;
            case EngineChosen chosen when Stage == OwnerStage.Submitting:
                Engine = chosen.Engine;
                _triedEngines.Add(chosen.Engine);
                break;
            case TokensArrived arrived:
                Take(arrived);
                break;
            case StageFailed failed when Stage is OwnerStage.Preparing or OwnerStage.Submitting:
                Fail(failed.Refusal);
                break;
            case EngineLost lost when lost.Engine == Engine && Stage == OwnerStage.Streaming:
                Fail(new Refusal(RefusalKind.Unavailable, $"The engine on {lost.Engine} is gone; what came before it stays valid. Send the request again under a new id."));
                break;
            case CancelRequested:
                Cancel();
                break;
        }
    }

    private void EncodeMissing()
    {
        for (var medium = 0; medium < _features.Length; medium++)
            if (_features[medium] is null)
                _outputs.Add(new EncodeMedium(medium));
    }

    private void SubmitWhenPrepared()
    {
        if (_prompt is null || _features.Any(features => features is null))
            return;
        Stage = OwnerStage.Submitting;
        _outputs.Add(Find());
    }

    private FindEngine Find() => new(_prompt!, [.. _features!], _triedEngines.ToHashSet());

    private void Answered(DecodeAnswer answer)
    {
        switch (answer.Verdict)
        {
            case DecodeVerdict.Accepted:
                StartStreaming();
                break;
            case DecodeVerdict.Invalid:
                Fail(new Refusal(RefusalKind.Invalid, answer.Reason ?? "The request is beyond a limit of every engine."));
                break;
            case DecodeVerdict.FeaturesGone when _encodings < MostEncodings:
                _encodings++;
                Array.Clear(_features);
                _triedEngines.Remove(Engine!);
                Engine = null;
                Stage = OwnerStage.Preparing;
                EncodeMissing();
                break;
            case DecodeVerdict.FeaturesGone:
                Fail(new Refusal(RefusalKind.Full, $"Features of the pictures were evicted {MostEncodings} times before an engine had them; raise Troupe:Features:MaxBytes on the vision silos."));
                break;
            default:
                Engine = null;
                _outputs.Add(Find());
                break;
        }
    }

    private void StartStreaming()
    {
        Stage = OwnerStage.Streaming;
        _outputs.Add(new Emit(new AcceptedEvent(request.Key, request.Model, request.Sampling.Seed, _prompt!.TokenIds.Length)));
    }

    /// <summary>A step of the engine may be quicker than its answer to the submit: tokens are an acceptance too.</summary>
    private void Take(TokensArrived arrived)
    {
        var chunk = arrived.Chunk;
        if (chunk.Epoch != epoch || arrived.Engine != Engine || Stage is not (OwnerStage.Submitting or OwnerStage.Streaming) || (uint)chunk.Choice >= (uint)_choices.Length)
            return;
        if (Stage == OwnerStage.Submitting)
            StartStreaming();
        if (chunk.Finish == ChoiceEnd.Failed)
        {
            Fail(new Refusal(RefusalKind.Internal, $"The engine could not go on: {chunk.Error}"));
            return;
        }
        switch (_choices[chunk.Choice].Accept(chunk))
        {
            case AcceptedChoice.Verdict.Gap:
                Fail(new Refusal(RefusalKind.Internal, $"Tokens of choice {chunk.Choice} begin at {chunk.FirstIndex}; {_choices[chunk.Choice].Count} were accepted."));
                break;
            case AcceptedChoice.Verdict.New:
                var choice = _choices[chunk.Choice];
                _outputs.Add(new Emit(new TokensEvent(chunk.Choice, choice.Count - 1, chunk.TokenIds, chunk.Text, choice.Hash, chunk.Logprobs, chunk.Finish)));
                FinishWhenAllEnded();
                break;
        }
    }

    private void FinishWhenAllEnded()
    {
        if (_choices.All(choice => choice.Ended))
            End(new FinishedEvent(_prompt!.TokenIds.Length, _choices.Sum(choice => choice.Count)));
    }

    private void Cancel()
    {
        if (Engine is not null)
            _outputs.Add(new CancelAt(Engine));
        if (Stage != OwnerStage.Streaming)
        {
            End(new FailedEvent(new Refusal(RefusalKind.Cancelled, "The request was cancelled.")));
            return;
        }
        for (var index = 0; index < _choices.Length; index++)
            if (!_choices[index].Ended)
                _outputs.Add(new Emit(new TokensEvent(index, _choices[index].Count - 1, [], "", _choices[index].Hash, [], ChoiceEnd.Cancelled)));
        End(new FinishedEvent(_prompt!.TokenIds.Length, _choices.Sum(choice => choice.Count)));
    }

    private void Fail(Refusal refusal)
    {
        if (Stage == OwnerStage.Streaming)
            _outputs.Add(new CancelAt(Engine!));
        End(new FailedEvent(refusal));
    }

    private void End(GenerationEvent last)
    {
        Stage = OwnerStage.Ended;
        _outputs.Add(new Emit(last));
        _outputs.Add(new Release([.. _features.OfType<FeatureHandle>()]));
    }
}
