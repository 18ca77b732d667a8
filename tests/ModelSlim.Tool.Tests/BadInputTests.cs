using System.Buffers.Binary;
using System.Text.RegularExpressions;
using ModelSlim.Core.Onnx;
using ModelSlim.Testing;

namespace ModelSlim.Tool.Tests;

/// <summary>What people give by mistake: each gets its code and one clear line, and nothing is written.</summary>
public sealed class BadInputTests
{
    private const string Halve = "target: { macs: 50% }\n";

    public static TheoryData<string, string, int> Recipes => new()
    {
        // The net has input x [1, 3, 8, 8]; good.idx holds 4 such samples, labels.idx their labels.
        { "target: { macs: 50%\n", "MSLIM1002", 3 },
        { Halve + "\tprune: 1\n", "MSLIM1002", 3 },
        { "target: &t { macs: 50% }\nprune: *t\n", "MSLIM1003", 3 },
        { Halve + Halve, "MSLIM1005", 3 },
        { "target: half\n", "MSLIM1101", 3 },
        { "", "MSLIM1102", 3 },
        { "null\n", "MSLIM1102", 3 },
        { "- 50%\n", "MSLIM1101", 3 },
        { Halve + "---\n" + Halve, "MSLIM1003", 3 },
        { "target: {\nmacs: 50% }\n", "MSLIM1002", 3 },
        { Halve + "prunes: {}\n", "MSLIM1103", 3 },
        { Halve + "output: { delivery: web }\n", "MSLIM1104", 3 },
        { "target: { latency: 80% }\nmethod: dynamic\n", "MSLIM1205", 3 },
        { "target: { macs: 50 }\n", "MSLIM1201", 3 },
        { Halve + "repair: never\n", "MSLIM1202", 3 },
        { "target:\n  macs: 0,5\n", "MSLIM1203", 3 },
        { Halve + "data: { calibration: { idx: none.idx } }\n", "MSLIM1204", 3 },
        { Halve + "finetune: { epochs: 1 }\n", "MSLIM1205", 3 },
        { Halve + "data: { calibration: { idx: a\\b.idx } }\n", "MSLIM1206", 3 },
        { Halve + "data: { preprocess: { mean: [1, 2], color: gray } }\n", "MSLIM1207", 3 },
        { "target: { macs: 0.01% }\n", "MSLIM5001", 7 },
        { Halve + "prune: { ignore: [no-such-node] }\n", "MSLIM5002", 3 },
        { Halve + "inputs: { y: [1, 3, 8, 8] }\n", "MSLIM4042", 3 },
        { Halve + "inputs: { x: [1, 4, 8, 8] }\n", "MSLIM4042", 3 },
        { Halve + "data: { calibration: { idx: text.txt } }\n", "MSLIM6002", 8 },
        { Halve + "data: { calibration: { npy: good.idx } }\n", "MSLIM6002", 8 },
        { Halve + "data: { calibration: { idx: short.idx } }\n", "MSLIM6003", 8 },
        { Halve + "data: { eval: { idx: [good.idx, three.idx] } }\n", "MSLIM6004", 8 },
        { Halve + "data: { eval: { idx: large.idx } }\n", "MSLIM6005", 8 },
        { Halve + "data: { calibration: { idx: empty.idx } }\n", "MSLIM6006", 8 },
        { Halve + "data: { calibration: { images: nothing } }\n", "MSLIM6006", 8 },
        { Halve + "accept: { min_speedup: 1000 }\n", "MSLIM7011", 4 },
        { Halve + "data: { eval: { idx: [good.idx, far.idx] } }\naccept: { max_drop: 1% }\n", "MSLIM7002", 8 },
    };

    public static TheoryData<string, byte[]?, string> Models => new()
    {
        { "is not there", null, "MSLIM4001" },
        { "is empty", [], "MSLIM4002" },
        { "is a Git LFS pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"u8.ToArray(), "MSLIM4003" },
        { "is a web page", "<!DOCTYPE html><html></html>"u8.ToArray(), "MSLIM4004" },
        { "is an archive", [0x50, 0x4B, 3, 4, 0, 0], "MSLIM4004" },
        { "is cut off", Net()[..^100], "MSLIM4005" },
        { "has no graph", [8, 8], "MSLIM4006" },
    };

    public static TheoryData<string[], string, int> Lines => new()
    {
        { ["-r", "none.yaml"], "MSLIM1001", 3 },
        { ["--plan", "none.json"], "MSLIM5004", 1 },
        { ["--plan", "text.txt"], "MSLIM5004", 1 },
        { ["--plan", "other.json"], "MSLIM5003", 7 },
        { ["--cache-dir", "store", "--cache-only"], "MSLIM3020", 1 },
        { ["--report", "text.txt/report.json"], "MSLIM0002", 1 },
        { ["-r", "tune.yaml", "--libtorch", "nothing"], "MSLIM2004", 6 },
    };

    [Theory]
    [MemberData(nameof(Recipes))]
    public async Task A_recipe_that_cannot_be_carried_out(string recipe, string code, int exitCode)
    {
        using var folder = Prepare();
        folder.Write("prune.yaml", recipe);

        Check(folder, await Prune(folder), code, exitCode);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task A_model_that_is_none(string what, byte[]? content, string code)
    {
        using var folder = Prepare();
        folder.Write("prune.yaml", Halve);
        File.Delete(folder.File("net.onnx"));
        if (content is not null)
        {
            folder.Write("net.onnx", content);
        }

        var run = await Prune(folder);

        Assert.Contains(code, run.Error + what, StringComparison.Ordinal);
        Check(folder, run, code, 7);
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task A_command_line_that_cannot_be_carried_out(string[] line, string code, int exitCode)
    {
        using var folder = Prepare();
        folder.Write("prune.yaml", Halve);
        folder.Write("tune.yaml", Halve + "data: { train: { idx: [good.idx, labels.idx] } }\nfinetune: { epochs: 1 }\n");
        var other = folder.Write("other.onnx", new OnnxWriter().Write(SmallNets.Make("residual")));
        Assert.Equal(0, (await ToolRun.Of("plan", other, "--target", "macs=50%", "-o", folder.File("other.json"))).ExitCode);
        string[] full = [.. line.Select(word => word.Contains('.') || word is "store" or "nothing" ? Path.Combine(folder.FullName, word) : word)];

        Check(folder, await Prune(folder, full), code, exitCode);
    }

    [Fact]
    public async Task Data_for_a_model_with_two_inputs()
    {
        using var folder = Prepare();
        var builder = new ModelBuilder();
        var sum = builder.Add(
            builder.Conv(builder.Input("x", 1, 3, 8, 8), 16, kernel: 3, pad: 1), builder.Conv(builder.Input("y", 1, 3, 8, 8), 16, kernel: 3, pad: 1));
        builder.Output(builder.Gemm(builder.Flatten(builder.GlobalAveragePool(builder.Relu(sum))), 4));
        folder.Write("net.onnx", new OnnxWriter().Write(builder.Build()));
        folder.Write("prune.yaml", Halve + "data: { calibration: { idx: good.idx } }\n");

        Check(folder, await Prune(folder), "MSLIM6014", 8);
    }

    [Fact]
    public async Task A_damaged_entry_of_the_store_is_made_anew()
    {
        using var folder = Prepare();
        folder.Write("prune.yaml", Halve);
        string[] store = ["--cache-dir", folder.File("store", "here")];
        Assert.Equal(0, (await Prune(folder, store)).ExitCode);
        var right = await File.ReadAllBytesAsync(folder.File("slim.onnx"), TestContext.Current.CancellationToken);
        var content = Directory.GetFiles(Path.Combine(folder.File("store", "here"), "v1", "cas"), "*", SearchOption.AllDirectories)
            .First(file => new FileInfo(file).Length == right.Length);
        File.SetAttributes(content, FileAttributes.Normal);
        await File.WriteAllBytesAsync(content, new byte[right.Length], TestContext.Current.CancellationToken);

        var run = await Prune(folder, store);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("warning MSLIM3013", run.Error, StringComparison.Ordinal);
        Assert.Equal(right, await File.ReadAllBytesAsync(folder.File("slim.onnx"), TestContext.Current.CancellationToken));
    }

    private static Task<ToolRun> Prune(TemporaryFolder folder, params string[] more) =>
        ToolRun.Of(["prune", folder.File("net.onnx"), "-o", folder.File("slim.onnx"), "-v", "m", .. more]);

    private static void Check(TemporaryFolder folder, ToolRun run, string code, int exitCode)
    {
        // What is missed only at the end comes after warnings of few or no samples.
        var line = Assert.Single(run.Error.TrimEnd('\n').Split('\n'), said => !Regex.IsMatch(said, ": warning MSLIM(7013|5040): "));
        Assert.Matches($"^[^:]+(:[^:]+)*: error {code}: [^\r\n]+$", line);
        Assert.DoesNotMatch(new Regex(@"Exception|   at "), line);
        Assert.Equal((exitCode, string.Empty), (run.ExitCode, run.Output));
        Assert.DoesNotContain(
            Directory.GetFiles(folder.FullName, "*", SearchOption.AllDirectories),
            file => Path.GetFileName(file) is "slim.onnx" or "report.json" || file.EndsWith(".tmp", StringComparison.Ordinal));
    }

    private static TemporaryFolder Prepare()
    {
        var folder = new TemporaryFolder();
        folder.Write("net.onnx", Net());
        folder.Write("good.idx", Idx(4, 3, 8, 8));
        folder.Write("large.idx", Idx(4, 3, 9, 9));
        folder.Write("empty.idx", Idx(0, 3, 8, 8));
        folder.Write("short.idx", Idx(4, 3, 8, 8)[..^1]);
        folder.Write("labels.idx", Idx(4));
        folder.Write("three.idx", Idx(3));
        var far = Idx(4);
        far[^1] = 200;
        folder.Write("far.idx", far);
        folder.Write("text.txt", "not data");
        Directory.CreateDirectory(folder.File("nothing"));
        return folder;
    }

    private static byte[] Net() => new OnnxWriter().Write(SmallNets.Make("chain"));

    private static byte[] Idx(params int[] extents)
    {
        var bytes = new byte[4 + (4 * extents.Length) + extents.Aggregate(1, (product, extent) => product * extent)];
        (bytes[2], bytes[3]) = (8, (byte)extents.Length);
        for (var i = 0; i < extents.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 + (4 * i)), extents[i]);
        }

        return bytes;
    }
}
