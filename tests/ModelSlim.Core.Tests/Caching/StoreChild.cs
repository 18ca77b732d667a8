using System.Diagnostics;
using ModelSlim.Core.Caching;
using ModelSlim.Core.Data;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Caching;

/// <summary>
/// A second process to kill: this very test assembly, running one explicit test that works on the store until it is ended.
/// </summary>
public sealed class StoreChild : IDisposable
{
    private const string Variable = "MODELSLIM_TEST_STORE";

    private readonly Process? process;

    public StoreChild()
    {
    }

    private StoreChild(Process process) => this.process = process;

    [Fact(Explicit = true)]
    public async Task Hold_the_lock()
    {
        using var held = await OpenStore().AcquireAsync(StoreCase.Key("a"), cancellationToken: TestContext.Current.CancellationToken);
        Console.WriteLine("held");
        await Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken);
    }

    [Fact(Explicit = true)]
    public void Put_for_ever()
    {
        var store = OpenStore();
        for (var number = 0; ; number++)
        {
            var random = new SplitMix(number, $"{Environment.ProcessId}");
            var content = new byte[1 + random.NextInt(300_000)];
            for (var i = 0; i < content.Length; i += 64)
            {
                content[i] = (byte)random.NextInt(256);
            }

            store.Put(
                StoreCase.Key($"{Environment.ProcessId}/{number}"),
                [NewOutput.From("model.onnx", content), StoreCase.Output("report", "report.json")],
                TestContext.Current.CancellationToken);
            Console.WriteLine("put");
        }
    }

    [Fact(Explicit = true)]
    public void Trim_for_ever()
    {
        var store = OpenStore();
        while (true)
        {
            store.Trim(400_000, TestContext.Current.CancellationToken);
            Console.WriteLine("trimmed");
            Thread.Sleep(5);
        }
    }

    internal static StoreChild Start(string test, string root)
    {
        string[] arguments =
        [
            "exec", typeof(StoreChild).Assembly.Location, "-noColor", "-explicit", "only", "-method", $"{typeof(StoreChild).FullName}.{test}",
        ];
        var start = new ProcessStartInfo(ToolStart.DotNet, arguments) { RedirectStandardOutput = true };
        start.Environment[Variable] = root;
        return new StoreChild(Process.Start(start)!);
    }

    /// <summary>Reads what the process writes until a line is a certain one.</summary>
    internal async Task WaitForAsync(string expected, CancellationToken cancellationToken)
    {
        var seen = new List<string>();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while (await process!.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (line == expected)
            {
                return;
            }

            seen.Add(line);
        }

        Assert.Fail($"The process ended without '{expected}': {string.Join('\n', seen)}");
    }

    internal void Kill()
    {
        process!.Kill();
        process.WaitForExit();
    }

    public void Dispose()
    {
        if (process is { HasExited: false })
        {
            Kill();
        }

        process?.Dispose();
    }

    private static ArtifactStore OpenStore() => ArtifactStore.Open(Environment.GetEnvironmentVariable(Variable)!).Value!;
}
