namespace Troupe.Engine.Tests.Fakes;

/// <summary>Holds each step at its beginning until the test lets it go.</summary>
internal sealed class StepGate : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _entered = new(0);
    private readonly SemaphoreSlim _permits = new(0);
    private volatile bool _open;

    /// <summary>On the engine's thread.</summary>
    public void Enter()
    {
        if (_open)
            return;
        _entered.Release();
        if (!_permits.Wait(s_patience))
            throw new TimeoutException("The test did not let the step go.");
    }

    /// <summary>Waits until a step stands at the gate.</summary>
    public void WaitForStep() => Assert.True(_entered.Wait(s_patience), "No step came to the gate.");

    /// <summary>Lets the step at the gate go.</summary>
    public void LetGo() => _permits.Release();

    /// <summary>Lets the step at the gate go and waits until the next one stands there.</summary>
    public void NextStep()
    {
        LetGo();
        WaitForStep();
    }

    public void Open()
    {
        _open = true;
        _permits.Release();
    }

    public void Dispose()
    {
        _entered.Dispose();
        _permits.Dispose();
    }
}
