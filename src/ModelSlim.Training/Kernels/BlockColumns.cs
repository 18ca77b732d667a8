using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX Col2Im (opset 18): columns [N, C places, L] are added up where sliding blocks took them from, to [N, C, picture].</summary>
public sealed class BlockColumns : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Col2Im"];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var columns = call.Input(0);
        var (picture, block) = (call.Integers(1, "image_shape")!, call.Integers(2, "block_shape")!);
        var channels = columns.shape[1] / Count(block);
        var targets = Targets(call, picture, block);

        // What lies in the padding goes to one place past the picture.
        var sums = zeros([columns.shape[0], channels, Count(picture) + 1], columns.dtype)
            .index_add(2, tensor(targets), columns.reshape(columns.shape[0], channels, -1), 1);
        return sums.narrow(2, 0, Count(picture)).reshape([columns.shape[0], channels, .. picture]);
    }

    // For each place of the block, and each block after it: the place in the picture.
    private static long[] Targets(KernelCall call, long[] picture, long[] block)
    {
        var rank = picture.Length;
        var strides = SpatialWindow.Values(call.Node, "strides", rank, 1);
        var dilations = SpatialWindow.Values(call.Node, "dilations", rank, 1);
        var pads = SpatialWindow.Values(call.Node, "pads", 2 * rank, 0);
        long[] blocks = [.. picture.Select((extent, axis) =>
            ((extent + pads[axis] + pads[axis + rank] - (dilations[axis] * (block[axis] - 1)) - 1) / strides[axis]) + 1)];
        var targets = new long[Count(block) * Count(blocks)];
        for (var i = 0; i < targets.Length; i++)
        {
            var (place, at) = Math.DivRem(i, Count(blocks));
            var (target, step, inside) = (0L, 1L, true);
            for (var axis = rank - 1; axis >= 0; axis--)
            {
                (place, var within) = Math.DivRem(place, block[axis]);
                (at, var index) = Math.DivRem(at, blocks[axis]);
                var position = (index * strides[axis]) - pads[axis] + (within * dilations[axis]);
                inside &= position >= 0 && position < picture[axis];
                target += position * step;
                step *= picture[axis];
            }

            targets[i] = inside ? target : Count(picture);
        }

        return targets;
    }

    private static long Count(long[] extents) => extents.Aggregate(1L, (count, extent) => count * extent);
}
