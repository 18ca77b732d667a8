using System.Collections.Immutable;

namespace ModelSlim.Evaluation.Repair;

/// <summary>
/// Where the numbers of a layer lie that is linear in its weight: for each group g, row r and output o,
/// <c>y[r, g, o] = sum over k of x[r, g, k] * w[g, k, o]</c>. Rows are all places of all samples of one run. An output place is
/// the sum of a row's and a channel's.
/// </summary>
internal abstract class LayerLayout
{
    /// <summary>An input place that holds a zero, as in the padding of a convolution.</summary>
    public const int Padding = -1;

    /// <summary>Shape of what the layer gives.</summary>
    public required ImmutableArray<int> OutputShape { get; init; }

    /// <summary>Axes of the output that say which channel an element is of, ascending; the other axes say its row.</summary>
    public required ImmutableArray<int> ChannelAxes { get; init; }

    /// <summary>Number of groups.</summary>
    public required int Groups { get; init; }

    /// <summary>How many numbers one output is computed from, K.</summary>
    public required int Columns { get; init; }

    /// <summary>Outputs of one group, M.</summary>
    public required int Outputs { get; init; }

    /// <summary>Number of rows.</summary>
    public required int Rows { get; init; }

    /// <summary>Number of channels; channel g M + o is output o of group g, in the order of the output's channel axes.</summary>
    public int Channels => Groups * Outputs;

    /// <summary>Input places of one row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="group">The group.</param>
    /// <param name="places">[K]: a place in the input tensor, or <see cref="Padding"/>.</param>
    public abstract void Under(int row, int group, Span<int> places);

    /// <summary>The part of an output place that the row decides.</summary>
    public abstract int RowPlace(int row);

    /// <summary>The part of an output place that the channel decides.</summary>
    public abstract int ChannelPlace(int channel);

    /// <summary>Place in the weight tensor.</summary>
    public abstract int WeightPlace(int group, int column, int output);
}
