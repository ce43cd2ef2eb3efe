using System.Diagnostics;

namespace Troupe.Cluster.Tests.Processes;

/// <summary>A program of its own, and what it says line by line.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private TaskCompletionSource _said = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ChildProcess(Process process) => _process = process;

    /// <summary>A program of this build, from the folder of the tests.</summary>
    public static ChildProcess Dotnet(string assembly, params IEnumerable<string> arguments) =>
        Start(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet", [Path.Combine(AppContext.BaseDirectory, assembly), .. arguments]);

    public static ChildProcess Start(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = AppContext.BaseDirectory };
        var child = new ChildProcess(new Process { StartInfo = start, EnableRaisingEvents = true });
        child._process.OutputDataReceived += (_, said) => child.Hear(said.Data);
        child._process.ErrorDataReceived += (_, said) => child.Hear(said.Data);
        child._process.Exited += (_, _) => child.Hear("(the process has ended)");
        child._process.Start();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>The first line, said already or to come, from which something can be read.</summary>
    /// <exception cref="InvalidOperationException">The process ended first; the message holds what it said.</exception>
    public async Task<T> When<T>(Func<IReadOnlyList<string>, T?> read, CancellationToken cancellation) where T : class
    {
        while (true)
        {
            Task said;
            lock (_lock)
            {
                if (read(_lines) is { } result)
                    return result;
                if (_process.HasExited)
                    throw new InvalidOperationException($"The process ended with {_process.ExitCode}:\n{string.Join('\n', _lines)}");
                said = _said.Task;
            }
            await said.WaitAsync(cancellation);
        }
    }

    /// <summary>At once, without a word to anybody.</summary>
    public void Kill() => _process.Kill(entireProcessTree: true);

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private void Hear(string? line)
    {
        TaskCompletionSource said;
        lock (_lock)
        {
            if (line is not null)
                _lines.Add(line);
            said = _said;
            _said = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        said.SetResult();
    }
}
