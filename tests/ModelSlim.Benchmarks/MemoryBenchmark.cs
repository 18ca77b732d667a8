using ModelSlim.Testing;

namespace ModelSlim.Benchmarks;

/// <summary>Peak memory of <c>modelslim prune --target macs=50%</c>.</summary>
/// <param name="folder">Where the slim model goes.</param>
internal sealed class MemoryBenchmark(TemporaryFolder folder)
{
    private const double Gigabyte = 1e9;

    /// <summary>Prunes a model and says what that took.</summary>
    public string Run(string name, string path)
    {
        var run = ToolChild.Run("prune", path, "-o", folder.File("slim.onnx"), "--target", "macs=50%", "--cache-dir", folder.File("store"));
        var size = new DirectoryInfo(Path.GetDirectoryName(path)!).EnumerateFiles($"{Path.GetFileNameWithoutExtension(path)}.*").Sum(file => file.Length);
        return $"{name}: {size / Gigabyte:F2} GB model, peak {run.PeakBytes / Gigabyte:F2} GB, without mapped files {run.OwnBytes / Gigabyte:F2} GB, {run.Time.TotalSeconds:F1} s";
    }
}
