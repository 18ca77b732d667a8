using System.Diagnostics;
using System.Text;
using ModelSlim.Testing;

namespace ModelSlim.Tool.Tests;

/// <summary>The command as a process of its own.</summary>
internal sealed class ToolProcess : IDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();

    private ToolProcess(Process process) => this.process = process;

    /// <summary>What it has written to standard output so far.</summary>
    public string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    /// <summary>Its id.</summary>
    public int Id => process.Id;

    /// <summary>Starts it.</summary>
    public static ToolProcess Start(params string[] arguments)
    {
        var tool = new ToolProcess(Process.Start(ToolStart.Of(arguments))!);
        tool.process.OutputDataReceived += (_, line) =>
        {
            lock (tool.output)
            {
                tool.output.Append(line.Data).Append('\n');
            }
        };
        tool.process.BeginOutputReadLine();
        tool.process.BeginErrorReadLine();
        return tool;
    }

    /// <summary>Waits until it has written something.</summary>
    public async Task WaitForOutput(string text, CancellationToken cancellation)
    {
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            Assert.False(process.HasExited, $"It ended with {(process.HasExited ? process.ExitCode : 0)}: {Output}");
            await Task.Delay(20, cancellation);
        }
    }

    /// <summary>Waits for its end.</summary>
    public async Task<int> WaitForExit(CancellationToken cancellation)
    {
        await process.WaitForExitAsync(cancellation);
        return process.ExitCode;
    }

    /// <summary>Sends a signal, as <c>kill</c> does.</summary>
    public async Task Signal(string name, CancellationToken cancellation)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{process.Id}"]);
        await kill.WaitForExitAsync(cancellation);
    }

    /// <summary>Ends it at once.</summary>
    public void Kill()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Kill();
        process.Dispose();
    }
}
