using ModelSlim.Core.Graphs;

namespace ModelSlim.Evaluation.Tracing;

/// <summary>How many channels an input has, where the weight of its first consumer tells.</summary>
internal sealed class ChannelGuess
{
    private readonly GraphIndex index;

    /// <summary>Looks at a graph.</summary>
    public ChannelGuess(Graph graph)
    {
        index = new GraphIndex(graph);
    }

    /// <summary>The extent that a consumer's weight asks for on an axis, or null where none does.</summary>
    public int? Of(string input, int axis)
    {
        foreach (var node in index.Consumers(input).Where(n => n.Input(0) == input))
        {
            if (index.Constant(node.Input(1)) is not { } weight)
            {
                continue;
            }

            switch (node.OpType)
            {
                case "Conv" when axis == 1 && weight.Shape.Length > 2:
                    return weight.Shape[1] * (int)node.GetInt("group", 1);
                case "Gemm" when axis == 1 && weight.Shape.Length == 2:
                    return weight.Shape[node.GetInt("transB", 0) != 0 ? 1 : 0];
            }
        }

        return null;
    }
}
