using System.Collections.Immutable;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Evaluation.Repair;

/// <summary>Conv and what is built on it: X, W, B.</summary>
/// <param name="Node">The node.</param>
/// <param name="Transposed">True for ConvTranspose.</param>
internal sealed record ConvolutionForm(Node Node, bool Transposed) : LayerForm(Node, 0, 1)
{
    /// <inheritdoc/>
    public override LayerLayout? LayOut(ImmutableArray<int> input, ImmutableArray<int> weight, ImmutableArray<int> output) =>
        input.Length == weight.Length && output.Length == weight.Length
        && input[1] == (Transposed ? weight[0] : weight[1] * (int)Node.GetInt("group", 1))
            ? ConvolutionLayout.Of(Node, Transposed, input, weight, output)
            : null;

    /// <inheritdoc/>
    public override int[]? BiasPlaces(LayerLayout layout, ImmutableArray<int> bias) => [.. Enumerable.Range(0, layout.Channels)];
}
