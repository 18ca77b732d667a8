using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;
using static ModelSlim.Evaluation.Tests.Conformance.OperatorCaseBuilder;

namespace ModelSlim.Evaluation.Tests.Conformance;

/// <summary>Cases for operators with subgraphs, which read some values from around them.</summary>
internal static class ControlFlowCases
{
    public static IEnumerable<OperatorCase> All()
    {
        var branch = Subgraph([], [Call("Relu", ["x1"], "made")], "made");
        yield return new OperatorCase("If", 13, With(Call("If", ["x0"], "y0"), ("then_branch", branch), ("else_branch", branch)), [Flag(true), Random(2, 4)], 0);

        var body = Subgraph(
            [("i", ElementType.Int64), ("go", ElementType.Bool), ("v", ElementType.Float)],
            [Call("Identity", ["go"], "goes"), Call("Add", ["v", "x3"], "made")],
            "goes",
            "made");
        yield return new OperatorCase("Loop", 13, With(Call("Loop", ["x0", "", "x2"], "y0"), ("body", body)), [Size(2), null, Random(2, 4), Random(2, 4)], 0);

        var step = Subgraph(
            [("s", ElementType.Float), ("v", ElementType.Float)],
            [Call("Add", ["s", "v"], "sum"), Call("Mul", ["v", "x2"], "made")],
            "sum",
            "made");
        var scan = With(Call("Scan", ["x0", "x1"], "y0"), ("body", step), ("num_scan_inputs", Int(1)));
        yield return new OperatorCase("Scan", 13, scan with { Outputs = ["y0", "y1"] }, [Random(4), Random(2, 4), Random(4)], 0);
    }

    private static Node Call(string opType, string[] inputs, string output) => new() { OpType = opType, Inputs = [.. inputs], Outputs = [output] };

    private static Node With(Node node, params (string Name, AttributeValue Value)[] attributes) =>
        attributes.Aggregate(node, (made, attribute) => made.With(attribute.Name, attribute.Value));

    private static AttributeValue.Subgraph Subgraph((string Name, ElementType Type)[] inputs, Node[] nodes, params string[] outputs) => new(new Graph
    {
        Name = "inner",
        Inputs = [.. inputs.Select(input => new GraphValue(input.Name, input.Type, input.Type == ElementType.Float ? default : ImmutableArray<Dimension>.Empty))],
        Outputs = [.. outputs.Select(output => new GraphValue(output, ElementType.Undefined, default))],
        Nodes = [.. nodes],
        Initializers = ImmutableDictionary<string, TensorData>.Empty,
        Opsets = ImmutableSortedDictionary<string, int>.Empty,
    });
}
