using System.Collections.Immutable;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Evaluation.Repair;

/// <summary>
/// Which input places each output place of a convolution reads (ONNX Conv and ConvTranspose, any number of spatial axes).
/// </summary>
internal sealed class ConvolutionPatches
{
    /// <summary>An input place in the padding, or between two steps of a transposed convolution.</summary>
    public const int Padding = LayerLayout.Padding;

    private readonly int[] offsets;

    /// <summary>Lays out a convolution.</summary>
    /// <param name="node">The node.</param>
    /// <param name="transposed">True for ConvTranspose.</param>
    /// <param name="input">Shape of X, [N, C, ...].</param>
    /// <param name="output">Shape of Y, [N, M, ...].</param>
    /// <param name="kernel">Spatial extents of W.</param>
    public ConvolutionPatches(
        Node node, bool transposed, ImmutableArray<int> input, ImmutableArray<int> output, ImmutableArray<int> kernel)
    {
        var rank = kernel.Length;
        var strides = Spatial(node, "strides", rank);
        var dilations = Spatial(node, "dilations", rank);
        var begins = Begins(node, input, output, kernel, strides, dilations);
        Taps = Product(kernel);
        Places = Product(output[2..]);
        InputPlaces = Product(input[2..]);
        offsets = new int[Places * Taps];
        var place = new int[rank];
        var tap = new int[rank];
        for (var p = 0; p < Places; p++)
        {
            Unravel(p, output[2..], place);
            for (var t = 0; t < Taps; t++)
            {
                Unravel(t, kernel, tap);
                var offset = 0;
                for (var axis = 0; axis < rank && offset != Padding; axis++)
                {
                    var at = transposed
                        ? Step(place[axis] + begins[axis] - (tap[axis] * dilations[axis]), strides[axis])
                        : (place[axis] * strides[axis]) - begins[axis] + (tap[axis] * dilations[axis]);
                    offset = at >= 0 && at < input[axis + 2] ? (offset * input[axis + 2]) + at : Padding;
                }

                offsets[(p * Taps) + t] = offset;
            }
        }
    }

    /// <summary>Kernel places.</summary>
    public int Taps { get; }

    /// <summary>Output places of one channel.</summary>
    public int Places { get; }

    /// <summary>Input places of one channel.</summary>
    public int InputPlaces { get; }

    /// <summary>For one output place: the input place under each kernel place, or <see cref="Padding"/>.</summary>
    public ReadOnlySpan<int> Under(int place) => offsets.AsSpan(place * Taps, Taps);

    /// <summary>The input place under the middle of the kernel; another one under it where the middle is in the padding.</summary>
    public int Middle(int place)
    {
        var under = Under(place);
        var middle = under[Taps / 2];
        for (var tap = 0; tap < Taps && middle == Padding; tap++)
        {
            middle = under[tap];
        }

        return Math.Max(middle, 0);
    }

    private static int Step(int distance, int stride) => distance >= 0 && distance % stride == 0 ? distance / stride : Padding;

    private static int[] Begins(
        Node node, ImmutableArray<int> input, ImmutableArray<int> output, ImmutableArray<int> kernel, int[] strides, int[] dilations)
    {
        var rank = kernel.Length;
        var auto = node.GetText("auto_pad", "NOTSET");
        var pads = node.GetInts("pads");
        var begins = new int[rank];
        for (var axis = 0; axis < rank; axis++)
        {
            if (auto is "SAME_UPPER" or "SAME_LOWER")
            {
                var reach = ((output[axis + 2] - 1) * strides[axis]) + ((kernel[axis] - 1) * dilations[axis]) + 1;
                var total = Math.Max(0, reach - input[axis + 2]);
                begins[axis] = auto == "SAME_UPPER" ? total / 2 : total - (total / 2);
            }
            else if (auto == "NOTSET" && !pads.IsDefaultOrEmpty)
            {
                begins[axis] = (int)pads[axis];
            }
        }

        return begins;
    }

    private static int[] Spatial(Node node, string attribute, int rank)
    {
        var values = node.GetInts(attribute);
        return values.IsDefaultOrEmpty ? [.. Enumerable.Repeat(1, rank)] : [.. values.Select(v => (int)v)];
    }

    private static int Product(ImmutableArray<int> extents) => extents.Aggregate(1, (product, extent) => checked(product * extent));

    private static void Unravel(int position, ImmutableArray<int> extents, int[] index)
    {
        for (var axis = extents.Length - 1; axis >= 0; axis--)
        {
            (position, index[axis]) = Math.DivRem(position, extents[axis]);
        }
    }
}
