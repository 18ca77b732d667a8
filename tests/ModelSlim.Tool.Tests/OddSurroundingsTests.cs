using ModelSlim.Testing;

namespace ModelSlim.Tool.Tests;

/// <summary>Folders of any name, file systems without locks, data that is hardly any.</summary>
public sealed class OddSurroundingsTests
{
    private static readonly string Long = string.Join('/', Enumerable.Repeat("a-folder-with-a-name-of-forty-letters-012", 8));

    public static TheoryData<string> Folders =>
    [
        "a b;c%20d", "it's \"quoted\" & $HOME `x`", "\U0001F600 \u6A21\u578B", "\u05E9\u05DC\u05D5\u05DD\u202Eabc", "ends with a dot.", "-o", Long,
    ];

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task A_folder_may_have_any_name(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not take all of these names.");
        using var folder = new TemporaryFolder();
        ToolRun.WriteModel(folder, $"{name}/net.onnx");
        folder.Write($"{name}/prune.yaml", "target: { macs: 50% }\n");
        string[] line = ["prune", folder.File(name, "net.onnx"), "-r", folder.File(name, "prune.yaml"), "-o", folder.File(name, "out", "slim.onnx"), "--cache-dir", folder.File(name, "store")];

        var run = await ToolRun.Of([.. line, "--json"]);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal("hit", (string?)(await ToolRun.Of([.. line, "--json"])).Json["cache"]);
        Assert.DoesNotContain('\u202e', run.Error);
    }

    /// <summary>As on a network file system that grants every lock: all work, and all have the same bytes.</summary>
    [Fact]
    public async Task Without_locks_the_same_may_be_made_twice_and_is_said_once()
    {
        using var test = new PruneCase(trains: false);
        var runs = await Task.WhenAll(Enumerable.Range(0, 3).Select(async number =>
        {
            var start = ToolStart.Of(test.Prune($"{number}.onnx"));
            start.Environment["DOTNET_SYSTEM_IO_DISABLEFILELOCKING"] = "1";
            return await ToolStart.RunAsync(start, TestContext.Current.CancellationToken);
        }));

        Assert.All(runs, run => Assert.Equal(0, run.ExitCode));
        Assert.All(runs, run => Assert.Contains("MSLIM3012", run.Output + run.Error, StringComparison.Ordinal));
        Assert.Single(Enumerable.Range(0, 3).Select(number => Convert.ToHexString(File.ReadAllBytes(test.File($"{number}.onnx")))).Distinct());
        await test.VerifyStoreAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Three_samples_of_one_class_are_trained_on()
    {
        using var folder = new TemporaryFolder();
        var model = ToolRun.WriteModel(folder);
        folder.Write("x.idx", [0, 0, 8, 4, 0, 0, 0, 3, 0, 0, 0, 3, 0, 0, 0, 8, 0, 0, 0, 8, .. Enumerable.Range(0, 3 * 3 * 8 * 8).Select(i => (byte)(i * 7))]);
        folder.Write("y.idx", [0, 0, 8, 1, 0, 0, 0, 3, 4, 4, 4]);
        folder.Write("prune.yaml", "target: { macs: 50% }\ndata: { train: { idx: [x.idx, y.idx] }, preprocess: { scale: 1/255 } }\nfinetune: { epochs: 2, batch: 128 }\n");

        var run = await ToolRun.Of("prune", model, "-r", folder.File("prune.yaml"), "-o", folder.File("slim.onnx"), "--json");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.True(File.Exists(folder.File("slim.onnx")));
    }
}
