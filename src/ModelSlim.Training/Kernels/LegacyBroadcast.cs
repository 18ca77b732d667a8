using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>Operands of element-wise operators of two inputs, as opsets before 7 align them.</summary>
internal static class LegacyBroadcast
{
    /// <summary>
    /// The second operand, such that it broadcasts to the first as in NumPy: before opset 7 it lies along the first one's axes
    /// from <c>axis</c> on.
    /// </summary>
    public static Tensor Aligned(KernelCall call)
    {
        var right = call.Input(1);
        if (call.Opset >= 7 || !call.Node.Attributes.ContainsKey("axis"))
        {
            return right;
        }

        var rank = call.Input(0).dim();
        var trailing = rank - call.Axis("axis", 0, rank) - right.dim();
        return right.reshape([.. right.shape, .. Enumerable.Repeat(1L, (int)trailing)]);
    }
}
