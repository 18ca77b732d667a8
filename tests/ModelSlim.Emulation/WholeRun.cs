using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Pipeline;
using ModelSlim.Testing;

namespace ModelSlim.Emulation;

/// <summary>Slims a model from end to end without training: ONNX Runtime gives what decides, and what the repair fits.</summary>
internal static class WholeRun
{
    private const int Samples = 24;

    /// <summary>Slims.</summary>
    /// <param name="model">The model; one input of pictures.</param>
    /// <param name="recipe">How; its calibration samples are made up.</param>
    public static byte[] Run(OnnxModel model, Recipe recipe)
    {
        using var folder = new TemporaryFolder();
        var (path, slim, samples) = (folder.File("net.onnx"), folder.File("slim.onnx"), folder.File("x.npy"));
        new OnnxWriter().Save(model, path);
        ImmutableArray<int> shape = [Samples, .. model.Graph.Inputs[0].Shape.Skip(1).Select(axis => axis.Extent!.Value)];
        File.WriteAllBytes(samples, DataFiles.Npy("<f4", string.Join(", ", shape), DataFiles.Bytes(Numbers(shape.Aggregate(1, (count, extent) => count * extent)))));
        var request = new SlimRequest
        {
            ModelPath = path,
            OutputPath = slim,
            Recipe = recipe with
            {
                Data = new DataSpec { Calibration = new DataSource(DataKind.Npy, [samples], null, null) },
                Accept = new AcceptSpec { MinSpeedup = 1e-6 },
            },
        };
        var outcome = new ModelSlimServices(threads: 1).Pipeline
            .RunAsync(request, new Progress<StageProgress>(), CancellationToken.None).GetAwaiter().GetResult();
        return outcome.Succeeded
            ? File.ReadAllBytes(slim)
            : throw new InvalidOperationException(string.Join('\n', outcome.Diagnostics));
    }

    private static float[] Numbers(int count)
    {
        var random = new SplitMix(9, "calibration");
        var numbers = new float[count];
        for (var i = 0; i < count; i++)
        {
            numbers[i] = (4 * random.NextSingle()) - 2;
        }

        return numbers;
    }
}
