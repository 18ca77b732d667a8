using System.Runtime.InteropServices;
using System.Text.Json;
using ModelSlim.Build.Tests.Testing;
using ModelSlim.Core.Onnx;
using ModelSlim.Testing;

namespace ModelSlim.Build.Tests;

/// <summary>Every method of a recipe through <c>dotnet build</c>: shipped, reported, kept in the store and held to by a lock file.</summary>
public sealed class MethodBuildTests(Packages packages)
{
    private const string Data = "data: { calibration: { npy: calibration.npy, limit: 64 } }\n";

    private static readonly (string Model, string Recipe)[] Models =
    [
        ("channels", "target: { macs: 60% }\nrepair: off\n"),
        ("unstructured", $"method: unstructured\ntarget: {{ sparsity: 70% }}\n{Data}"),
        ("pattern", $"method: n:m\ntarget: {{ sparsity: 2:4 }}\n{Data}"),
        ("blocks", "method: n:m\ntarget: { sparsity: 50% in 4x1 }\nrepair: off\n"),
        ("dynamic", """
            method: dynamic
            target: { latency: 99% }
            data: { calibration: { npy: calibration.npy }, eval: { npy: eval.npy } }
            accept: { metric: agreement, max_drop: 15% }

            """),
        ("list", $"method: [channels, unstructured]\ntarget: {{ macs: 60%, sparsity: 70% }}\noutput: {{ precision: fp16 }}\n{Data}"),
    ];

    private static readonly (string Model, string Recipe)[] Trained =
    [
        ("slimming", "method: slimming\ntarget: { macs: 60% }\ndata: { train: { npy: calibration.npy, limit: 96 } }\nfinetune: { epochs: 1, batch: 32, distill: {} }\n"),
        ("soft", "method: soft\ntarget: { macs: 60% }\ndata: { train: { npy: calibration.npy, limit: 96 } }\nfinetune: { epochs: 1, batch: 32, distill: {} }\n"),
    ];

    [Fact]
    public async Task Every_method_is_shipped_kept_and_locked()
    {
        using var work = await packages.NewSolutionAsync();
        var libtorch = LibTorch();
        var models = libtorch is null ? Models : [.. Models, .. Trained];
        foreach (var (model, recipe) in models)
        {
            Directory.CreateDirectory(work[model]);
            new OnnxWriter().Save(ExitNets.Late(channels: 64), work[$"{model}/net.onnx"]);
            work.Write($"{model}/prune.yaml", recipe);
            Pictures(work[$"{model}/calibration.npy"], 2400, 1);
            Pictures(work[$"{model}/eval.npy"], 400, 2);
        }

        var trains = libtorch is null ? "" : $"<ModelSlimLibTorchDirectory>{libtorch}</ModelSlimLibTorchDirectory>";
        work.WriteProject("lib.csproj", $"<ModelSlimCacheDirectory>{work["store"]}</ModelSlimCacheDirectory>{trains}", realTool: true);
        (await work.BuildAsync("lib.csproj", "-p:ModelSlimWriteLockFile=true")).Succeeds();

        var shipped = models.ToDictionary(model => model.Model, model => File.ReadAllBytes(work[$"bin/Debug/net10.0/{model.Model}/net.onnx"]));
        foreach (var (model, recipe) in models)
        {
            Assert.NotEqual(File.ReadAllBytes(work[$"{model}/net.onnx"]), shipped[model]);
            using var report = Report(work, model);
            Assert.Equal("miss", report.RootElement.GetProperty("cache").GetString());
            Assert.False(report.RootElement.GetProperty("keptOriginal").GetBoolean());
            Assert.Contains($"\"{model}/net.onnx\"", File.ReadAllText(work["modelslim.lock.json"]), StringComparison.Ordinal);
        }

        Assert.Equal(0, (await work.BuildAsync("lib.csproj", "--no-restore", "-p:ModelSlimWriteLockFile=true")).Succeeds().SlimTasks);
        Directory.Delete(work["bin"], recursive: true);
        Directory.Delete(work["obj"], recursive: true);
        (await work.BuildAsync("lib.csproj", "-p:ModelSlimLockedMode=true", "-p:ModelSlimMode=CacheOnly")).Succeeds();
        foreach (var (model, bytes) in shipped)
        {
            using var report = Report(work, model);
            Assert.Equal("hit", report.RootElement.GetProperty("cache").GetString());
            Assert.Equal(bytes, File.ReadAllBytes(work[$"bin/Debug/net10.0/{model}/net.onnx"]));
        }
    }

    private static JsonDocument Report(TestSolution work, string model) =>
        JsonDocument.Parse(File.ReadAllText(work[$"obj/Debug/net10.0/modelslim/{model}/net.onnx.report.json"]));

    private static void Pictures(string path, int count, long seed) => File.WriteAllBytes(
        path, DataFiles.Npy("<f4", $"{count}, 3, 16, 16", MemoryMarshal.AsBytes<float>(ExitNets.Pictures(count, seed)).ToArray()));

    // As building this repository left it; none where nothing trains on this system.
    private static string? LibTorch()
    {
        var package = Path.Combine(Repository.NuGetPackages, $"libtorch-cpu-{RuntimeInformation.RuntimeIdentifier}");
        return Directory.Exists(package) ? Directory.GetDirectories(package, "native", SearchOption.AllDirectories).FirstOrDefault() : null;
    }
}
