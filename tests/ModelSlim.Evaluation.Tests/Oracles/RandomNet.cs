using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Evaluation.Tests.Oracles;

/// <summary>
/// Makes small nets of the catalog's operators from lists of numbers: chains, residual and dense connections, gates, grouped,
/// depthwise, transposed and shared convolutions, shuffles, normalizations, reductions, and what is flattened or reshaped into
/// matrix products. Input <c>x</c> [1, 4, 4, 4].
/// </summary>
internal sealed class RandomNet
{
    private readonly NetTape tape;
    private readonly List<string> pictures = [];
    private readonly List<string> features = [];

    private RandomNet(int[] numbers) => tape = new NetTape(numbers);

    /// <summary>The net of a list of numbers; every list gives a valid one.</summary>
    public static OnnxModel Make(int[] numbers) => new RandomNet(numbers).Make();

    /// <summary>The nodes of a graph, one a line, for messages.</summary>
    public static string Describe(Graph graph) => string.Join('\n', graph.Nodes.Select(node =>
        $"{string.Join(", ", node.Outputs)} = {node.OpType}({string.Join(", ", node.Inputs)})"
        + string.Concat(node.Inputs.Where(graph.Initializers.ContainsKey).Select(name => $" {name}{Text(graph.Initializers[name])}"))));

    private static string Text(TensorData tensor) => tensor.Type == ElementType.Int64
        ? $"=({string.Join(", ", tensor.ToInt64s())})"
        : $"[{string.Join(", ", tensor.Shape)}]";

    private OnnxModel Make()
    {
        pictures.Add(tape.Net.Conv(tape.Net.Input("x", 1, 4, 4, 4), 8, 3, pad: 1));
        var (pictureSteps, featureSteps, computeSteps) = (new PictureSteps(tape), new FeatureSteps(tape), new ComputeSteps(tape));
        var sequenceSteps = new SequenceSteps(tape);
        while (!tape.Ended)
        {
            switch (tape.Choose(9))
            {
                case 0 when features.Count > 0:
                case 1 when features.Count > 0:
                case 2 when features.Count > 0:
                    features.Add(featureSteps.Step(Recent(features), features));
                    break;
                case 3:
                    features.Add(Flatten(Recent(pictures)));
                    break;
                case 4 when features.Count > 0 && tape.Choose(2) == 0:
                    features.Add(computeSteps.Features(Recent(features)));
                    break;
                case 4:
                case 5:
                    pictures.Add(computeSteps.Picture(Recent(pictures)));
                    break;
                case 6 when features.Count > 0:
                    features.Add(sequenceSteps.Step(Recent(features)));
                    break;
                default:
                    pictures.Add(pictureSteps.Step(Recent(pictures), pictures));
                    break;
            }
        }

        var last = features.Count > 0 ? features[^1] : Flatten(pictures[^1]);
        tape.Net.Output(tape.Net.Gemm(last, 3));
        if (features.Count > 0)
        {
            tape.Net.Output(tape.Net.Conv(pictures[^1], 2, 1));
        }

        return tape.Net.Build();
    }

    // Mostly the last value, so that nets get deep; sometimes the one before, so that they branch.
    private string Recent(List<string> values) => values[Math.Max(0, values.Count - 1 - (tape.Choose(4) / 3))];

    private string Flatten(string x)
    {
        var shape = tape.Shape(x);
        var joined = shape[1] * shape[2] * shape[3];
        return tape.Choose(5) switch
        {
            0 => tape.Net.Flatten(x),
            1 => tape.Reshape(x, 1, joined),
            2 => tape.Net.Flatten(tape.Transpose(x, 0, 2, 3, 1)),
            3 => tape.Node("Squeeze", [tape.Net.GlobalAveragePool(x), tape.Sizes(2, 3)], [1, shape[1]]),
            _ => tape.Net.Flatten(tape.Net.GlobalAveragePool(x)),
        };
    }
}
