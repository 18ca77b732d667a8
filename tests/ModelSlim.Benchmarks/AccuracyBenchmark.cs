using System.Globalization;
using ModelSlim.Testing;

namespace ModelSlim.Benchmarks;

/// <summary>
/// Accuracy that is left on images of 28 x 28 in IDX files (Fashion-MNIST): after the cut, after the repair, and after fine-tuning.
/// The training images are seen in full, their labels too; the test images are measured once for each row.
/// </summary>
/// <param name="folder">Where recipes, results and the store go.</param>
/// <param name="data">Folder of the four IDX files, under their usual names.</param>
internal sealed class AccuracyBenchmark(TemporaryFolder folder, string data)
{
    /// <summary>Prunes and fine-tunes as the case says.</summary>
    /// <param name="what">The case.</param>
    /// <param name="seed">Seed of the training.</param>
    public AccuracyRun Run(AccuracyCase what, int seed)
    {
        var recipe = folder.File("prune.yaml");
        File.WriteAllText(recipe, Recipe(what, seed));
        return AccuracyRun.Parse(ToolChild.Run(
            "prune", what.Model, "-r", recipe, "-o", folder.File("slim.onnx"), "--cache-dir", folder.File("store"), "--threads", "1", "--json").Output);
    }

    private string Recipe(AccuracyCase what, int seed) => string.Create(CultureInfo.InvariantCulture, $"""
        method: {what.Method}
        target: {"{"} macs: {100 - what.Removed}% {"}"}
        data:
          calibration: {"{"} idx: '{Named("train-images-idx3")}', limit: 512 {"}"}
          train: {"{"} idx: ['{Named("train-images-idx3")}', '{Named("train-labels-idx1")}'] {"}"}
          eval: {"{"} idx: ['{Named("t10k-images-idx3")}', '{Named("t10k-labels-idx1")}'] {"}"}
          preprocess: {"{"} scale: 1/255, mean: 0.286, std: 0.353 {"}"}
        accept: {"{"} min_speedup: 0.01 {"}"}
        {(what.Sparsifies ? "sparsity: { epochs: 1 }" : "")}
        finetune:
          epochs: {what.Epochs}
          batch: 128
          seed: {seed}
          optimizer: {"{"} muon: {"{}"} {"}"}
          distill: {"{"} temperature: 4, weight: 0.3 {"}"}
        """);

    private string Named(string name) => Path.Combine(Path.GetFullPath(data), $"{name}-ubyte.gz");
}
