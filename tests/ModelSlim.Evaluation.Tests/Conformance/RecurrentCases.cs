using System.Runtime.InteropServices;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;
using static ModelSlim.Evaluation.Tests.Conformance.OperatorCaseBuilder;

namespace ModelSlim.Evaluation.Tests.Conformance;

/// <summary>Cases for RNN, GRU and LSTM: sequences [T, N, I] into hidden units H.</summary>
internal static class RecurrentCases
{
    private const int Steps = 6;
    private const int Batch = 3;
    private const int Features = 4;
    private const int Units = 5;
    private const int Channels = Batch + Features + Units;

    private static readonly Dictionary<string, int> Gates = new() { ["RNN"] = 1, ["GRU"] = 3, ["LSTM"] = 4 };

    public static IEnumerable<OperatorCase> All()
    {
        foreach (var (op, gates) in Gates)
        {
            var outputs = op == "LSTM" ? 3 : 2;
            foreach (var opset in new[] { 7, 14, 22 })
            {
                yield return Case($"{op} bare", opset, op, outputs, 1, [Random(1, 2 * gates * Units)]);
            }

            yield return Case($"{op} without bias", 14, op, outputs, 1, []);
            yield return Case($"{op} backwards", 14, op, outputs, 1, [], ("direction", Text("reverse")));
            yield return Case($"{op} both ways", 14, op, outputs, 2, [Random(2, 2 * gates * Units)], ("direction", Text("bidirectional")));
            yield return Case($"{op} from a state", 14, op, outputs, 2, [null, null, .. States(op, 2)], ("direction", Text("bidirectional")));
            yield return Case(
                $"{op} of several lengths", 14, op, outputs, 1,
                [Random(1, 2 * gates * Units), Lengths(3, 6, 5), .. States(op, 1)],
                ("clip", new AttributeValue.Float(0.3f)));
        }

        yield return Case("GRU with a late reset", 14, "GRU", 2, 2, [Random(2, 6 * Units)], ("direction", Text("bidirectional")), ("linear_before_reset", Int(1)));
        yield return Case("LSTM with peepholes", 14, "LSTM", 3, 2, [Random(2, 8 * Units), null, .. States("LSTM", 2), Random(2, 3 * Units)], ("direction", Text("bidirectional")));
        yield return Case("LSTM with coupled gates", 14, "LSTM", 3, 1, [Random(1, 8 * Units)], ("input_forget", Int(1)));
        yield return Case("RNN with Relu", 14, "RNN", 2, 1, [Random(1, 2 * Units)], ("activations", new AttributeValue.Texts(["Relu"])));
        var last = Case("LSTM of last states", 14, "LSTM", 3, 1, []);
        yield return last with { Node = last.Node with { Outputs = ["", "y1", "y2"] } };
    }

    private static OperatorCase Case(
        string name, int opset, string op, int outputs, int directions, TensorData?[] others, params (string Name, AttributeValue Value)[] attributes) =>
        MakeMany(
            name, opset, op, outputs, Channels,
            [
                Random(Steps, Batch, Features),
                Random(directions, Gates[op] * Units, Features),
                Random(directions, Gates[op] * Units, Units),
                .. others,
            ],
            [("hidden_size", Int(Units)), .. attributes]);

    private static TensorData[] States(string op, int directions) =>
        op == "LSTM" ? [Random(directions, Batch, Units), Positive(directions, Batch, Units)] : [Random(directions, Batch, Units)];

    private static TensorData Lengths(params int[] values) =>
        new(ElementType.Int32, [values.Length], MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
}
