using ModelSlim.Core.Graphs;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// The sliding window of a convolution or pool over the spatial axes of a value, with every default and <c>auto_pad</c>
/// resolved. All arrays have one element a spatial axis.
/// </summary>
/// <param name="Kernel">Extent of the window, in elements it reads.</param>
/// <param name="Strides">Steps between windows.</param>
/// <param name="Dilations">Steps between the elements of a window.</param>
/// <param name="Begin">Padding before the first element.</param>
/// <param name="End">Padding after the last element.</param>
/// <param name="Overhang">Room after that padding, into which the last window reaches where sizes are rounded up.</param>
public sealed record SpatialWindow(
    long[] Kernel, long[] Strides, long[] Dilations, long[] Begin, long[] End, long[] Overhang)
{
    /// <summary>True where torch's own padding does the same: equal on both sides, and nothing hangs over.</summary>
    public bool IsSymmetric => Begin.AsSpan().SequenceEqual(End) && !HasOverhang;

    /// <summary>True where sizes are rounded up and a window reaches past the padding.</summary>
    public bool HasOverhang => Overhang.Any(extent => extent > 0);

    /// <summary>Reads the window of a node.</summary>
    /// <param name="node">A node with the attributes strides, dilations, pads, auto_pad and, for pools, ceil_mode.</param>
    /// <param name="kernel">Extent of the window on each spatial axis.</param>
    /// <param name="shape">Shape of the input, [N, C, spatial axes].</param>
    public static SpatialWindow Of(Node node, long[] kernel, ReadOnlySpan<long> shape)
    {
        var rank = kernel.Length;
        var strides = Values(node, "strides", rank, 1);
        var dilations = Values(node, "dilations", rank, 1);
        var pads = Values(node, "pads", 2 * rank, 0);
        var autoPad = node.GetText("auto_pad", "NOTSET");
        var ceil = node.GetInt("ceil_mode", 0) != 0;
        var (begin, end, overhang) = (new long[rank], new long[rank], new long[rank]);
        for (var axis = 0; axis < rank; axis++)
        {
            var extent = shape[axis + 2];
            var reach = ((kernel[axis] - 1) * dilations[axis]) + 1;
            (begin[axis], end[axis]) = autoPad switch
            {
                "SAME_UPPER" => Same(extent, reach, strides[axis], false),
                "SAME_LOWER" => Same(extent, reach, strides[axis], true),
                "VALID" => (0, 0),
                _ => (pads[axis], pads[axis + rank]),
            };
            if (ceil && autoPad is "NOTSET" or "")
            {
                var slack = extent + begin[axis] + end[axis] - reach;
                var last = (slack + strides[axis] - 1) / strides[axis];
                if (last * strides[axis] >= extent + begin[axis])
                {
                    // The last window would start in the end padding: it is dropped.
                    last--;
                }

                overhang[axis] = Math.Max(0, (last * strides[axis]) - slack);
            }
        }

        return new SpatialWindow(kernel, strides, dilations, begin, end, overhang);
    }

    /// <summary>Pads a value [N, C, spatial axes] as the window asks, overhang included where it is wanted.</summary>
    public Tensor Pad(Tensor value, double filler, bool overhang = true)
    {
        // torch lists the last axis first.
        var amounts = new long[2 * Kernel.Length];
        for (var axis = 0; axis < Kernel.Length; axis++)
        {
            var place = 2 * (Kernel.Length - 1 - axis);
            amounts[place] = Begin[axis];
            amounts[place + 1] = End[axis] + (overhang ? Overhang[axis] : 0);
        }

        return amounts.All(amount => amount == 0)
            ? value.alias()
            : nn.functional.pad(value, amounts, PaddingModes.Constant, filler);
    }

    /// <summary>Pads a value with zeros in the overhang alone.</summary>
    public Tensor PadOverhang(Tensor value) =>
        (this with { Begin = new long[Kernel.Length], End = new long[Kernel.Length] }).Pad(value, 0);

    /// <summary>The sum of each window of planes [P, 1, spatial axes] that are padded already: a convolution with ones.</summary>
    public Tensor Sums(Tensor planes)
    {
        var filter = ones([1, 1, .. Kernel], planes.dtype);
        return Kernel.Length switch
        {
            1 => nn.functional.conv1d(planes, filter, null, Strides[0], 0, Dilations[0]),
            2 => nn.functional.conv2d(planes, filter, null, Strides, null, Dilations),
            _ => nn.functional.conv3d(planes, filter, null, Strides, null, Dilations),
        };
    }

    private static (long Begin, long End) Same(long extent, long reach, long stride, bool lower)
    {
        var outputs = (extent + stride - 1) / stride;
        var total = Math.Max(0, ((outputs - 1) * stride) + reach - extent);
        return lower ? (total - (total / 2), total / 2) : (total / 2, total - (total / 2));
    }

    /// <summary>A list attribute, or as many defaults as there should be elements.</summary>
    internal static long[] Values(Node node, string attribute, int count, long otherwise)
    {
        var values = node.GetInts(attribute);
        return values.IsDefaultOrEmpty ? [.. Enumerable.Repeat(otherwise, count)] : [.. values];
    }
}
