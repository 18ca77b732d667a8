using ModelSlim.Core.Tensors;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// ONNX InstanceNormalization (opset 6, 22; Ulyanov, Vedaldi, Lempitsky 2016) and GroupNormalization (opset 18, 21; Wu and He
/// 2018): X [N, C, ...] to mean 0 and variance 1 in each group of channels, then scaled and shifted by channel; at opset 18 by
/// group.
/// </summary>
public sealed class GroupNormalization : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["GroupNormalization", "InstanceNormalization"];

    /// <inheritdoc/>
    public override InputRole Role(int input, TensorData? constant) => input is 1 or 2 ? InputRole.Weight : InputRole.Setting;

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var (value, scale, shift) = (call.Input(0), call.Input(1), call.Input(2));
        var channels = value.shape[1];
        var groups = call.Node.OpType == "InstanceNormalization" ? channels : call.Node.GetInt("num_groups", 1);
        var normal = Normalize(value, groups, call.Node.GetFloat("epsilon", 1e-5f));
        return normal.mul(ByChannel(scale, channels, value.dim())).add(ByChannel(shift, channels, value.dim()));
    }

    /// <summary>X [N, C, ...] to mean 0 and variance 1 in each group of channels.</summary>
    internal static Tensor Normalize(Tensor value, long groups, double epsilon)
    {
        var rows = value.reshape(value.shape[0], groups, -1);
        return nn.functional.layer_norm(rows, [rows.shape[2]], null, null, epsilon).reshape(value.shape);
    }

    private static Tensor ByChannel(Tensor vector, long channels, long rank)
    {
        var whole = vector.shape[0] == channels ? vector : vector.unsqueeze(1).expand(-1, channels / vector.shape[0]);
        return whole.reshape([channels, .. Enumerable.Repeat(1L, (int)rank - 2)]);
    }
}
