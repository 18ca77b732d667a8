using ModelSlim.Core.Graphs;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// GridSample of ONNX (opset 16, 20) and com.microsoft (version 1; Jaderberg et al. 2015): X [N, C, H, W] at the places of a grid
/// [N, H', W', 2].
/// </summary>
/// <param name="domain">The operator domain.</param>
public sealed class GridSample(string domain) : Kernel
{
    /// <inheritdoc/>
    public override string Domain => domain;

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["GridSample"];

    /// <inheritdoc/>
    public override string? Refuse(Node node, int opset) =>
        node.GetText("mode", "bilinear") is "cubic" or "bicubic" ? "it samples by cubic curves" : null;

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call) => nn.functional.grid_sample(
        call.Input(0),
        call.Input(1),
        call.Node.GetText("mode", "bilinear") == "nearest" ? GridSampleMode.Nearest : GridSampleMode.Bilinear,
        call.Node.GetText("padding_mode", "zeros") switch
        {
            "border" => GridSamplePaddingMode.Border,
            "reflection" => GridSamplePaddingMode.Reflection,
            _ => GridSamplePaddingMode.Zeros,
        },
        call.Node.GetInt("align_corners", 0) != 0);
}
