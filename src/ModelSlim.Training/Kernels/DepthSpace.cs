using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// ONNX DepthToSpace (opset 1, 11, 13; modes DCR and CRD) and SpaceToDepth (opset 1, 13): [N, C, H, W] with blocks of
/// <c>blocksize</c> rows and columns for channels, and back.
/// </summary>
public sealed class DepthSpace : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["DepthToSpace", "SpaceToDepth"];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var value = call.Input(0);
        var block = call.Node.GetInt("blocksize", 1);
        var (batch, channels, height, width) = (value.shape[0], value.shape[1], value.shape[2], value.shape[3]);
        if (call.Node.OpType == "SpaceToDepth")
        {
            return value.reshape(batch, channels, height / block, block, width / block, block)
                .permute(0, 3, 5, 1, 2, 4)
                .reshape(batch, channels * block * block, height / block, width / block);
        }

        var depth = channels / (block * block);
        var blocks = call.Node.GetText("mode", "DCR") == "CRD"
            ? value.reshape(batch, depth, block, block, height, width).permute(0, 1, 4, 2, 5, 3)
            : value.reshape(batch, block, block, depth, height, width).permute(0, 3, 4, 1, 5, 2);
        return blocks.reshape(batch, depth, height * block, width * block);
    }
}
