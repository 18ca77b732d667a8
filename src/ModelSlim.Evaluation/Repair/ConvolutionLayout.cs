using System.Collections.Immutable;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Evaluation.Repair;

/// <summary>
/// Layout of ONNX Conv, W [M, C / group, ...], and ConvTranspose, W [C, M / group, ...]: X [N, C, ...] to Y [N, M, ...]. A row is
/// a place of a sample, a column a channel of the group and a kernel place.
/// </summary>
internal sealed class ConvolutionLayout : LayerLayout
{
    private readonly ConvolutionPatches patches;
    private readonly bool transposed;

    private ConvolutionLayout(ConvolutionPatches patches, bool transposed)
    {
        this.patches = patches;
        this.transposed = transposed;
    }

    /// <summary>Kernel places.</summary>
    public int Taps => patches.Taps;

    /// <summary>Input channels of one group.</summary>
    public int InputChannels => Columns / Taps;

    /// <summary>Lays out a convolution.</summary>
    /// <param name="node">The node.</param>
    /// <param name="transposed">True for ConvTranspose.</param>
    /// <param name="input">Shape of X.</param>
    /// <param name="weight">Shape of W.</param>
    /// <param name="output">Shape of Y; only its spatial extents are used.</param>
    public static ConvolutionLayout Of(
        Node node, bool transposed, ImmutableArray<int> input, ImmutableArray<int> weight, ImmutableArray<int> output)
    {
        var patches = new ConvolutionPatches(node, transposed, input, output, weight[2..]);
        var groups = (int)node.GetInt("group", 1);
        var channels = transposed ? weight[1] * groups : weight[0];
        return new ConvolutionLayout(patches, transposed)
        {
            OutputShape = [input[0], channels, .. output[2..]],
            ChannelAxes = [1],
            Groups = groups,
            Columns = input[1] / groups * patches.Taps,
            Outputs = channels / groups,
            Rows = input[0] * patches.Places,
        };
    }

    /// <inheritdoc/>
    public override void Under(int row, int group, Span<int> places)
    {
        var (sample, place) = Math.DivRem(row, patches.Places);
        var first = ((sample * Groups) + group) * InputChannels * patches.InputPlaces;
        var under = patches.Under(place);
        for (var i = 0; i < places.Length; i++)
        {
            var (channel, tap) = Math.DivRem(i, under.Length);
            places[i] = under[tap] == Padding ? Padding : first + (channel * patches.InputPlaces) + under[tap];
        }
    }

    /// <summary>Input places of all channels under the middle of the kernel, for a convolution of one group.</summary>
    /// <param name="row">The row.</param>
    /// <param name="places">[C]: a place in the input tensor.</param>
    public void Middle(int row, Span<int> places)
    {
        var (sample, place) = Math.DivRem(row, patches.Places);
        for (var channel = 0; channel < places.Length; channel++)
        {
            places[channel] = (((sample * InputChannels) + channel) * patches.InputPlaces) + patches.Middle(place);
        }
    }

    /// <inheritdoc/>
    public override int RowPlace(int row)
    {
        var (sample, place) = Math.DivRem(row, patches.Places);
        return (sample * Channels * patches.Places) + place;
    }

    /// <inheritdoc/>
    public override int ChannelPlace(int channel) => channel * patches.Places;

    /// <inheritdoc/>
    public override int WeightPlace(int group, int column, int output)
    {
        var (channel, tap) = Math.DivRem(column, Taps);
        return transposed
            ? ((((group * InputChannels) + channel) * Outputs) + output) * Taps + tap
            : (((group * Outputs) + output) * Columns) + column;
    }
}
