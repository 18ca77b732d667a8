using System.Collections.Immutable;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Evaluation.Repair;

/// <summary>A matrix product and what is like one, by letters for the axes.</summary>
/// <param name="Node">The node.</param>
/// <param name="Input">Index of the input that is computed.</param>
/// <param name="Weight">Index of the input that is stored.</param>
/// <param name="InputLetters">Letters of the input's axes.</param>
/// <param name="WeightLetters">Letters of the weight's axes.</param>
/// <param name="OutputLetters">Letters of the output's axes.</param>
internal sealed record ProductForm(
    Node Node, int Input, int Weight, string InputLetters, string WeightLetters, string OutputLetters) : LayerForm(Node, Input, Weight)
{
    /// <inheritdoc/>
    public override LayerLayout? LayOut(ImmutableArray<int> input, ImmutableArray<int> weight, ImmutableArray<int> output) =>
        ProductLayout.Of((InputLetters, input), (WeightLetters, weight), OutputLetters);

    /// <inheritdoc/>
    public override (int Input, int Axis)? Source(int outputAxis) => WeightLetters.IndexOf(OutputLetters[outputAxis]) is >= 0 and var axis
        ? (Weight, axis) : (Input, InputLetters.IndexOf(OutputLetters[outputAxis]));

    /// <inheritdoc/>
    public override int[]? BiasPlaces(LayerLayout layout, ImmutableArray<int> bias)
    {
        // Only inside a node does the bias not broadcast: a row of it for each group of weights, its first part that of the input.
        if (!IsInside)
        {
            return null;
        }

        var perRow = layout.OutputShape[layout.ChannelAxes[^1]];
        return [.. Enumerable.Range(0, layout.Channels).Select(channel => (channel / perRow * bias[^1]) + (channel % perRow))];
    }
}
