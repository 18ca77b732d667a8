using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// ONNX BatchNormalization (opset 6, 7, 9, 14, 15; Ioffe and Szegedy 2015): X [N, C, ...], scale, B, mean, var [C]. While
/// training, and in a node in its training form, it uses mean and variance of the batch; while training it also moves the
/// stored ones a tenth of the way towards them.
/// </summary>
public sealed class BatchNormalization : Kernel
{
    private const double Momentum = 0.1;

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["BatchNormalization"];

    /// <inheritdoc/>
    public override bool OutputIsFree => true;

    /// <inheritdoc/>
    public override InputRole Role(int input, TensorData? constant) => input switch
    {
        1 or 2 => InputRole.Weight,
        3 or 4 => InputRole.Statistic,
        _ => InputRole.Setting,
    };

    /// <inheritdoc/>
    public override string? Refuse(Node node, int opset) =>
        opset < 9 && node.GetInt("spatial", 1) == 0 ? "it normalizes each position by itself (spatial = 0)" : null;

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var trainingForm = call.Node.GetInt("training_mode", 0) != 0
            || (call.Opset < 7 && call.Node.GetInt("is_test", 0) == 0);
        var (mean, variance) = (call.Input(3), call.Input(4));
        var training = call.Mode == RunMode.Training;
        if (trainingForm && !training)
        {
            // Statistics of the batch, and nothing gathered.
            (mean, variance) = (mean.clone(), variance.clone());
        }

        return nn.functional.batch_norm(
            call.Input(0),
            mean,
            variance,
            call.Input(1),
            call.Input(2),
            training || trainingForm,
            Momentum,
            call.Node.GetFloat("epsilon", 1e-5f));
    }
}
