using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ModelSlim.Testing;

namespace ModelSlim.Remotes.Tests.Servers;

/// <summary>A server of the kind that teams run, started on this machine for as long as the tests take.</summary>
public abstract class RealServer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private Process? process;

    /// <summary>Where its data is.</summary>
    protected TemporaryFolder Folder { get; } = new();

    /// <summary>Its port.</summary>
    protected int Port { get; } = FreePort();

    /// <summary>Name of its program.</summary>
    public abstract string Program { get; }

    /// <summary>Its address as users write it.</summary>
    public abstract string Address { get; }

    /// <summary>False where it cannot list what it has.</summary>
    public virtual bool Lists => true;

    /// <summary>Values of environment variables with what it wants to know of us.</summary>
    public virtual IReadOnlyDictionary<string, string> Credentials { get; } = new Dictionary<string, string>();

    /// <summary>The same with a wrong secret; null where it lets everybody in.</summary>
    public virtual IReadOnlyDictionary<string, string>? WrongCredentials => null;

    /// <summary>Starts it.</summary>
    /// <returns>False where it is not installed.</returns>
    public bool TryStart()
    {
        if (process is not null)
        {
            return true;
        }

        string[] folders = [.. (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator), "/usr/sbin"];
        if (folders.Select(folder => Path.Combine(folder, Program)).FirstOrDefault(File.Exists) is not { } path)
        {
            return false;
        }

        var start = new ProcessStartInfo(path, Arguments()) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Folder.FullName };
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var clock = Stopwatch.StartNew();
        for (; !Answers(); Thread.Sleep(50))
        {
            Assert.False(process.HasExited, $"{Program} ended with {(process.HasExited ? process.ExitCode : 0)}.");
            Assert.True(clock.Elapsed < Patience, $"{Program} does not answer.");
        }

        // A server that takes connections may not be ready to work.
        while (!IsPrepared(last: clock.Elapsed > Patience))
        {
            Thread.Sleep(200);
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        process?.Kill(entireProcessTree: true);
        process?.WaitForExit();
        process?.Dispose();
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Writes what it needs, and says how it is started.</summary>
    protected abstract IEnumerable<string> Arguments();

    private bool IsPrepared(bool last)
    {
        try
        {
            Prepare();
            return true;
        }
        catch (Exception) when (!last)
        {
            return false;
        }
    }

    /// <summary>Makes what a user would have made beforehand, where it is not there yet.</summary>
    protected virtual void Prepare()
    {
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private bool Answers()
    {
        try
        {
            using var client = new TcpClient();
            client.Connect(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
