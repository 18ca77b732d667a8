using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// ONNX Cast and CastLike (opset 6 on). Training knows three kinds of elements: real numbers, all in the type of the run;
/// integers, all of 64 bits; and flags.
/// </summary>
public sealed class Cast : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Cast", "CastLike"];

    /// <inheritdoc/>
    public override bool Passes(int input) => input == 0;

    /// <inheritdoc/>
    public override string? Refuse(Node node, int opset) =>
        node.OpType == "Cast" && node.GetInt("to", 0) == (int)ElementType.String ? "it makes texts" : null;

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var wanted = call.Node.OpType == "CastLike" ? call.Input(1).dtype : Of((ElementType)call.Node.GetInt("to", 1), call.Real);
        var value = call.Input(0);
        return value.dtype == wanted ? value.alias()
            : wanted == ScalarType.Bool ? value.ne(0)
            : value.to(wanted);
    }

    /// <summary>The type in which training holds elements of a type.</summary>
    /// <param name="type">Type in the file.</param>
    /// <param name="real">Type of real numbers.</param>
    internal static ScalarType Of(ElementType type, ScalarType real) => type switch
    {
        ElementType.Bool => ScalarType.Bool,
        ElementType.Float or ElementType.Float16 or ElementType.BFloat16 or ElementType.Double => real,
        _ => ScalarType.Int64,
    };
}
