namespace Troupe.Grains.Protocol;

internal enum OwnerStage
{
    New,

    /// <summary>Media are encoded and the prompt is built, side by side.</summary>
    Preparing,

    /// <summary>An engine is sought.</summary>
    Submitting,

    /// <summary>An engine has it: event 0 is out.</summary>
    Streaming,

    /// <summary>The last event is out.</summary>
    Ended,
}
