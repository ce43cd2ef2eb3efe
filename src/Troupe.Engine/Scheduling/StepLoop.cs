using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Troupe.Engine.Sampling;
using Troupe.Models.Decoders;
using Troupe.Models.Text;

namespace Troupe.Engine.Scheduling;

/// <summary>The engine's thread: admit, one forward pass over everybody, draw, deliver; again.</summary>
internal sealed partial class StepLoop(IDecoder decoder, ITokenizer tokenizer, EngineOptions options, RequestDoor door, EngineMetrics metrics, ILogger logger)
{
    private readonly SamplingScratch _scratch = new(decoder.VocabularySize);
    private readonly StepPlan _plan = new();
    private readonly ChunkOutbox _outbox = new();
    private readonly Queue<EngineJob> _line = new();
    private readonly long _mostCachedTokens = options.MaxCachedTokens ?? (long)options.MaxRunning * decoder.ContextLength;
    private List<Sequence> _running = [];
    private List<Sequence> _next = [];
    private long _promisedTokens;
    private int _runningChoices;
    private long _steps;
    private volatile LoadReport _load = new(0, 0, 0, 0);
    private volatile bool _stopping;

    public LoadReport Load => _load with { Waiting = door.Waiting };

    /// <summary>The loop ends after the step in progress.</summary>
    public void Stop()
    {
        _stopping = true;
        door.Close();
    }

    public void Run()
    {
        try
        {
            while (!_stopping && (_running.Count > 0 || _line.Count > 0 || WaitForRequests()))
                Turn();
            EndAll("The engine has stopped.");
        }
        catch (Exception exception)
        {
            LogLoopFailed(exception);
            EndAll($"The engine broke: {exception.Message}");
        }
    }

    private void Turn()
    {
        TakeAccepted();
        LeaveCancelled();
        Admit();
        Report();
        Deliver();
        if (_running.Count == 0)
            return;

        Step();
        Regroup();
        Report();
        Deliver();
    }

    /// <summary>Sleeps until a request comes. Only with nothing to do, so a cancel never has to wake the thread.</summary>
    private bool WaitForRequests() => door.Accepted.WaitToReadAsync().AsTask().GetAwaiter().GetResult();

    private void LeaveCancelled()
    {
        for (var left = _line.Count; left > 0; left--)
        {
            var job = _line.Dequeue();
            if (!job.Cancelled)
            {
                _line.Enqueue(job);
                continue;
            }

            door.LeftLine();
            EndUnstarted(job, FinishReason.Cancelled, null);
        }

        foreach (var sequence in _running)
        {
            if (sequence.Job.Cancelled && !sequence.Job.Ended)
                EndCancelled(sequence.Job);
        }

        Regroup();
    }

    /// <summary>In the order in which they came: nobody overtakes a large request for ever.</summary>
    private void Admit()
    {
        while (_line.TryPeek(out var job)
            && _runningChoices + job.Request.Choices <= options.MaxRunning
            && _promisedTokens + job.CachedTokens <= _mostCachedTokens)
        {
            _line.Dequeue();
            door.LeftLine();
            try
            {
                _running.Add(job.Start(decoder, tokenizer, _scratch));
                _runningChoices += job.Request.Choices;
                _promisedTokens += job.CachedTokens;
            }
            catch (Exception exception)
            {
                LogRequestFailed(exception, job.Request.Key);
                EndUnstarted(job, FinishReason.Failed, exception.Message);
            }
        }
    }

    private void Step()
    {
        var started = Stopwatch.GetTimestamp();
        _plan.Compose(_running, options.StepTokens);
        StepLogits logits;
        try
        {
            logits = decoder.Forward(_plan.Chunks);
        }
        catch (Exception exception)
        {
            StepFailed(exception);
            return;
        }

        var drawn = Draw(logits);
        _steps++;
        metrics.Step(Stopwatch.GetElapsedTime(started), _plan.PromptTokens, drawn);
    }

    private int Draw(StepLogits logits)
    {
        var row = 0;
        var drawn = 0;
        for (var i = 0; i < _plan.Members.Count; i++)
        {
            if (_plan.Chunks[i].Logits == LogitRows.None)
                continue;

            var sequence = _plan.Members[i];
            var rowLogits = logits.Row(row++);
            if (sequence.Job.Ended || sequence.Job.Cancelled)
                continue;

            try
            {
                drawn += Draw(sequence, rowLogits);
            }
            catch (Exception exception)
            {
                End(sequence.Job, exception);
            }
        }

        return drawn;
    }

    private int Draw(Sequence sequence, ReadOnlySpan<float> logits)
    {
        var job = sequence.Job;
        foreach (var choice in sequence.Choices)
        {
            _outbox.Add(job.Receiver, choice.Step(job.Request, logits, _scratch));
            if (choice.State.Finish is not null)
                _runningChoices--;
        }

        sequence.Suspect = false;
        sequence.Drawn = true;
        if (job.Choices.All(choice => choice.State.Finish is not null))
            Leave(job);
        return sequence.Choices.Length;
    }

    /// <summary>Ended sequences free their caches; those that drew first tokens are split by choice.</summary>
    private void Regroup()
    {
        _next.Clear();
        foreach (var sequence in _running)
        {
            if (sequence.Job.Ended)
                Free(sequence);
            else if (sequence.Drawn)
                Split(sequence);
            else
                _next.Add(sequence);
        }

        (_running, _next) = (_next, _running);
    }

    private void Split(Sequence sequence)
    {
        sequence.Drawn = false;
        try
        {
            _next.AddRange(sequence.Split());
        }
        catch (Exception exception)
        {
            End(sequence.Job, exception);
            Free(sequence);
        }
    }

    /// <summary>A pass over one sequence blames it. Of several nobody is blamed yet: each is computed again from its ids, alone.</summary>
    private void StepFailed(Exception exception)
    {
        metrics.StepFailed();
        if (_plan.Members.Count == 1)
        {
            End(_plan.Members[0].Job, exception);
            return;
        }

        LogStepFailed(exception, _plan.Members.Count);
        foreach (var sequence in _plan.Members)
        {
            if (sequence.Job.Ended)
                continue;

            try
            {
                sequence.StartOver(decoder);
                sequence.Suspect = true;
            }
            catch (Exception again)
            {
                End(sequence.Job, again);
            }
        }
    }

    private void End(EngineJob job, Exception exception)
    {
        LogRequestFailed(exception, job.Request.Key);
        End(job, FinishReason.Failed, exception.Message);
    }

    /// <summary>Last chunks for the choices that have none yet. The caches are freed when the sequences are grouped next.</summary>
    private void End(EngineJob job, FinishReason reason, string? error)
    {
        foreach (var choice in job.Choices.Where(choice => choice.State.Finish is null))
        {
            _outbox.Add(job.Receiver, choice.End(job.Request, reason, error));
            _runningChoices--;
        }

        Leave(job);
    }

    private void EndCancelled(EngineJob job)
    {
        try
        {
            End(job, FinishReason.Cancelled, null);
        }
        catch (Exception exception)
        {
            End(job, exception); // the text that was held could not be had
        }
    }

    private void EndUnstarted(EngineJob job, FinishReason reason, string? error)
    {
        var request = job.Request;
        for (var choice = 0; choice < request.Choices; choice++)
            _outbox.Add(job.Receiver, new(request.Key, request.Epoch, choice, 0, [], "", [], reason, error));
        job.Ended = true;
        door.Ended(job);
    }

    private void Leave(EngineJob job)
    {
        job.Ended = true;
        _promisedTokens -= job.CachedTokens;
        door.Ended(job);
    }

    private void EndAll(string reason)
    {
        door.Close();
        foreach (var sequence in _running)
        {
            if (!sequence.Job.Ended)
                End(sequence.Job, FinishReason.Failed, reason);
        }

        Regroup();
        TakeAccepted();
        while (_line.TryDequeue(out var job))
        {
            door.LeftLine();
            EndUnstarted(job, FinishReason.Failed, reason);
        }

        Report();
        Deliver();
    }

    private void TakeAccepted()
    {
        while (door.Accepted.TryRead(out var job))
            _line.Enqueue(job);
    }

    private void Free(Sequence sequence)
    {
        try
        {
            sequence.Dispose();
        }
        catch (Exception exception)
        {
            LogCacheNotFreed(exception, sequence.Job.Request.Key);
        }
    }

    private void Report() => _load = new(_runningChoices, 0, _running.Sum(sequence => (long)sequence.Cache.Length), _steps);

    private void Deliver() => _outbox.Deliver(LogReceiverFailed);
}
