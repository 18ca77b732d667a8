using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Lossless;

/// <summary>
/// Adds constants to the channels of a node's output: in its bias, in a bias that it gets, or in the constant of the addition
/// that follows it.
/// </summary>
internal sealed class BiasFold(GraphIndex index, ValueTrace trace, OperatorCatalog catalog, WeightBench bench)
{
    private readonly SortedDictionary<string, (int Input, ElementType Type, double[] Amounts)> made = new(StringComparer.Ordinal);

    /// <summary>Adds, where there is a place for it.</summary>
    /// <param name="view">The node.</param>
    /// <param name="weighing">How it weighs.</param>
    /// <param name="amounts">What to add to each channel of its output.</param>
    /// <param name="justAsk">True to change nothing.</param>
    /// <returns>False where there is no place.</returns>
    public bool TryAdd(NodeView view, Weighing weighing, double[] amounts, bool justAsk)
    {
        var node = view.Node;
        if (weighing.Bias is not { } bias)
        {
            var addition = Addition(node.Outputs[0], amounts.Length);
            return addition is not null && AddTo(addition, amounts, 1, justAsk);
        }

        if (view.HasInput(bias))
        {
            return weighing.BiasScale != 0 && AddTo(node.Inputs[bias], amounts, 1 / weighing.BiasScale, justAsk);
        }

        if (weighing.BiasScale != 1)
        {
            return false;
        }

        if (!justAsk)
        {
            var type = trace.Types[node.Inputs[weighing.Weights]];
            var sums = made.TryGetValue(node.Outputs[0], out var known) ? known.Amounts : new double[amounts.Length];
            made[node.Outputs[0]] = (bias, type, [.. sums.Zip(amounts, (sum, amount) => sum + amount)]);
        }

        return true;
    }

    /// <summary>Gives nodes the biases they got.</summary>
    /// <param name="graph">The graph after the cuts.</param>
    /// <param name="cuts">The cuts.</param>
    public Graph Attach(Graph graph, ChannelCuts cuts)
    {
        foreach (var (output, (input, type, amounts)) in made)
        {
            var name = $"{output}/bias";
            while (index.Has(name) || graph.Initializers.ContainsKey(name))
            {
                name += "'";
            }

            var whole = new TensorData(type, [amounts.Length], new byte[amounts.Length * TensorData.SizeOf(type)])
                .WithSingles(Array.ConvertAll(amounts, amount => (float)amount));
            graph = graph with
            {
                Initializers = graph.Initializers.Add(name, cuts.Of(output, 1) is { } kept ? whole.Take(0, kept.AsSpan()) : whole),
                Nodes = [.. graph.Nodes.Select(node => node.Outputs[0] == output ? WithInput(node, input, name) : node)],
            };
        }

        return graph;
    }

    private static Node WithInput(Node node, int input, string name)
    {
        var inputs = node.Inputs.AddRange(Enumerable.Repeat("", Math.Max(0, input + 1 - node.Inputs.Length)));
        return node with { Inputs = inputs.SetItem(input, name) };
    }

    // The stored addend of the only node that reads a value, which adds it to the value's last axis.
    private string? Addition(string value, int channels)
    {
        if (index.IsOutput(value) || index.Consumers(value) is not [var reader] || catalog.Find(reader) is not { } op)
        {
            return null;
        }

        var added = op.Addends(NodeView.Of(reader, index, trace)).Select(reader.Input).ToArray();
        var last = trace.Shape(value)[^1] == channels && trace.Shape(reader.Outputs[0])[^1] == channels;
        return last && added.Count(name => name == value) == 1
            ? added.FirstOrDefault(name => index.Constant(name) is { IsFloatingPoint: true, Shape: [.., var extent] } && extent == channels)
            : null;
    }

    private bool AddTo(string constant, double[] amounts, double scale, bool justAsk)
    {
        if (index.Constant(constant) is not { IsFloatingPoint: true } tensor || tensor.Length != amounts.Length
            || index.Consumers(constant).Count != 1 || index.IsOutput(constant))
        {
            return false;
        }

        if (!justAsk)
        {
            bench.Add(constant, Array.ConvertAll(amounts, amount => amount * scale));
        }

        return true;
    }
}
