using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Troupe.Gateway.Tests.Processes;

/// <summary>The program as a process of its own, as a person starts it.</summary>
internal sealed partial class GatewayProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly StringBuilder _error = new();

    private GatewayProcess(string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "Troupe.Gateway.exe" : "Troupe.Gateway"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is not null)
                _error.AppendLine(line.Data);
        };
        _process.BeginErrorReadLine();
    }

    /// <summary>Starts it; it takes free ports unless the arguments say otherwise.</summary>
    public static GatewayProcess Start(params string[] arguments) => new(arguments);

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> Run(params string[] arguments)
    {
        using var process = new GatewayProcess(arguments);
        var output = await process._process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        var (exitCode, error) = await process.Exited();
        return (exitCode, output, error);
    }

    /// <summary>The next line of its output that holds a text.</summary>
    public async Task<string> Line(string holding)
    {
        while (await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            if (line.Contains(holding, StringComparison.Ordinal))
                return line;
        }
        throw new InvalidOperationException($"The process ended without '{holding}'; it said: {(await Exited()).Error}");
    }

    /// <summary>Ctrl-C.</summary>
    public void Interrupt() => Assert.Equal(0, Signal(_process.Id, Interruption));

    public async Task<(int ExitCode, string Error)> Exited()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience); // and the last of its error stream
        return (_process.ExitCode, _error.ToString());
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private const int Interruption = 2; // SIGINT

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
