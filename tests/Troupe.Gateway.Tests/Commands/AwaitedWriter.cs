using System.Text;

namespace Troupe.Gateway.Tests.Commands;

/// <summary>Text that tells when a line has been written.</summary>
internal sealed class AwaitedWriter(string line) : StringWriter
{
    private readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Seen => _seen.Task;

    public override Encoding Encoding => Encoding.UTF8;

    public override void WriteLine(string? value)
    {
        base.WriteLine(value);
        if (value == line)
            _seen.TrySetResult();
    }
}
