using ModelSlim.Core.Graphs;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX ScatterND (opset 11, 13, 16, 18): the data with an update written, or added, where each row of the indices says.</summary>
public sealed class ScatterND : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["ScatterND"];

    /// <inheritdoc/>
    public override string? Refuse(Node node, int opset) => ScatterElements.RefuseReduction(node);

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var (value, indices) = (call.Input(0), call.Input(1));
        var width = value.shape[(int)indices.shape[^1]..].Aggregate(1L, (a, b) => a * b);
        var rows = value.reshape(-1, width);
        var places = GatherND.Positions(value, indices, 0).unsqueeze(1).expand(-1, width);
        var updates = call.Input(2).reshape(-1, width);
        var written = call.Node.GetText("reduction", "none") == "add"
            ? rows.scatter_add(0, places, updates)
            : rows.scatter(0, places, updates);
        return written.reshape(value.shape);
    }
}
