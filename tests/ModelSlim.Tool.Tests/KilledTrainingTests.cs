using System.Security.Cryptography;
using ModelSlim.Core.Data;
using ModelSlim.Testing;

namespace ModelSlim.Tool.Tests;

/// <summary>A real process that is killed while its worker trains.</summary>
public sealed class KilledTrainingTests
{
    private const int Samples = 512;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task The_next_run_goes_on_to_the_same_bytes()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The test kills with a signal of Unix.");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        using var folder = new TemporaryFolder();
        Write(folder);
        using (var whole = Start(folder, "other"))
        {
            Assert.Equal(0, await whole.WaitForExit(patience.Token));
        }

        var expected = SHA256.HashData(await File.ReadAllBytesAsync(folder.File("slim.onnx"), patience.Token));
        File.Delete(folder.File("slim.onnx"));
        using (var killed = Start(folder, "store"))
        {
            await killed.WaitForOutput(" of 100, loss", patience.Token);
            await killed.Signal("KILL", patience.Token);
            await killed.WaitForExit(patience.Token);
        }

        // The worker sees that its host is gone, keeps how far it is, and ends.
        var unfinished = folder.File("store", "v1", "unfinished");
        while (!Directory.Exists(unfinished) || Directory.GetFiles(unfinished, "*.0", SearchOption.AllDirectories).Length == 0)
        {
            await Task.Delay(20, patience.Token);
        }

        using var again = Start(folder, "store");
        Assert.Equal(0, await again.WaitForExit(patience.Token));

        Assert.Contains("goes on where it was", again.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("epoch 1 of 100", again.Output, StringComparison.Ordinal);
        Assert.Equal(expected, SHA256.HashData(await File.ReadAllBytesAsync(folder.File("slim.onnx"), patience.Token)));
        Assert.Empty(Directory.GetFiles(unfinished, "*", SearchOption.AllDirectories));
    }

    private static ToolProcess Start(TemporaryFolder folder, string store) => ToolProcess.Start(
        ["prune", folder.File("net.onnx"), "-r", folder.File("prune.yaml"), "-o", folder.File("slim.onnx"), "--cache-dir", folder.File(store),
        "--events", "jsonl"]);

    private static void Write(TemporaryFolder folder)
    {
        ToolRun.WriteModel(folder);
        var random = new SplitMix(5, "pictures");
        var pixels = Enumerable.Range(0, Samples * 3 * 8 * 8).Select(_ => (byte)random.NextInt(256)).ToArray();
        var labels = Enumerable.Range(0, Samples).Select(_ => (byte)random.NextInt(10)).ToArray();
        folder.Write("x.idx", [0, 0, 8, 4, 0, 0, 2, 0, 0, 0, 0, 3, 0, 0, 0, 8, 0, 0, 0, 8, .. pixels]);
        folder.Write("y.idx", [0, 0, 8, 1, 0, 0, 2, 0, .. labels]);
        folder.Write(
            "prune.yaml",
            "target: { macs: 50% }\ndata: { train: { idx: [x.idx, y.idx] }, preprocess: { scale: 1/255 } }\n" +
            "finetune: { epochs: 100, batch: 16, validation: 0, distill: {} }\n");
    }
}
