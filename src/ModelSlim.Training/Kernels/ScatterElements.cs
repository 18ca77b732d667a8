using ModelSlim.Core.Graphs;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// ONNX ScatterElements (opset 11, 13, 16, 18) and its old form Scatter: the data with an update written, or added, to the
/// place along <c>axis</c> (0) that each index names.
/// </summary>
public sealed class ScatterElements : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["ScatterElements", "Scatter"];

    /// <inheritdoc/>
    public override string? Refuse(Node node, int opset) => RefuseReduction(node);

    /// <summary>Why updates cannot be combined with the data; null where they can.</summary>
    internal static string? RefuseReduction(Node node) =>
        node.GetText("reduction", "none") is "none" or "add" ? null : $"it combines by {node.GetText("reduction", "")}";

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var value = call.Input(0);
        var axis = call.Axis("axis", 0, value.dim());
        var indices = Gather.FromFront(call.Input(1), value.shape[axis]);
        return call.Node.GetText("reduction", "none") == "add"
            ? value.scatter_add(axis, indices, call.Input(2))
            : value.scatter(axis, indices, call.Input(2));
    }
}
