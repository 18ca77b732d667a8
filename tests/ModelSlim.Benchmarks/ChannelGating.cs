using System.Globalization;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Metrics;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Evaluation.Tracing;
using ModelSlim.Testing;

namespace ModelSlim.Benchmarks;

/// <summary>
/// What choosing channels at run time could save (FBS, Gao et al. 2019): a Conv that gets half of its channels, and makes half of them,
/// chosen by a gate, from weights that it has to gather first; beside the whole layer, and beside one with half of the channels for good.
/// </summary>
internal sealed class ChannelGating
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(4);

    /// <summary>Measures layers of several sizes.</summary>
    /// <param name="output">Gets a Markdown table.</param>
    public void Run(TextWriter output)
    {
        output.WriteLine("\n| Conv 3x3 | Half of the channels for good | Chosen at run time |\n|---|---|---|");
        foreach (var (channels, extent) in new[] { (16, 28), (64, 14), (64, 56), (128, 28), (256, 14), (512, 7) })
        {
            var models = new[] { Whole(channels, extent), Whole(channels / 2, extent, channels), Gated(channels, extent) };
            var trace = new ModelTracer(new SessionFactory(), OperatorCatalog.Standard).Trace(models[0], new Dictionary<string, System.Collections.Immutable.ImmutableArray<int>>(), default).Value!;
            var times = new LatencyMeter(new SessionFactory(), TimeProvider.System, 1).Measure(models, trace, Budget, default).Value!;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {channels} channels, {extent}x{extent} | {times.Milliseconds(1) / times.Milliseconds(0):0.00} | {times.Milliseconds(2) / times.Milliseconds(0):0.00} |"));
        }
    }

    // The channels that are not read are cut off by a Slice, so that all models take the same input.
    private static OnnxModel Whole(int channels, int extent, int fed = 0)
    {
        var b = new ModelBuilder(opset: 13);
        var x = b.Input("x", 1, Math.Max(fed, channels), extent, extent);
        x = fed == 0 ? x : Half(b, x, channels, extent);
        b.Output(b.Relu(b.Conv(x, channels, kernel: 3, pad: 1)));
        return b.Build();
    }

    private static OnnxModel Gated(int channels, int extent)
    {
        var half = channels / 2;
        var b = new ModelBuilder(opset: 13);
        var x = Half(b, b.Input("x", 1, channels, extent, extent), half, extent);
        var scores = b.Gemm(b.Flatten(b.GlobalAveragePool(x)), channels);
        var count = b.Initializer("count", TensorData.From([1], [(long)half]));
        var best = b.Nodes("TopK", [scores, count], [[1, half], [1, half]])[1];
        var places = b.Node("Reshape", [best, b.Initializer("flat", TensorData.From([1], [-1L]))], [half]);
        var weights = b.Initializer("weights", [channels, channels, 3, 3], -0.1f, 0.1f);
        var made = b.Node("Gather", [weights, places], [half, channels, 3, 3], ("axis", new AttributeValue.Int(0)));
        var read = b.Node("Gather", [made, places], [half, half, 3, 3], ("axis", new AttributeValue.Int(1)));
        b.Output(b.Relu(b.Node("Conv", [x, read], [1, half, extent, extent], ("pads", new AttributeValue.Ints([1, 1, 1, 1])))));
        return b.Build();
    }

    private static string Half(ModelBuilder b, string x, int channels, int extent) => b.Node(
        "Slice",
        [
            x, b.Initializer("from", TensorData.From([1], [0L])), b.Initializer("to", TensorData.From([1], [(long)channels])),
            b.Initializer("axis", TensorData.From([1], [1L])),
        ],
        [1, channels, extent, extent]);
}
