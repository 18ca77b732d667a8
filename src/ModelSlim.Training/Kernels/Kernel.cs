using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// Runs one ONNX operator in torch, so that gradients flow through it. Results are those of the ONNX specification, for every
/// opset from 6 on in which the operator has the same inputs or attributes.
/// </summary>
public abstract class Kernel
{
    /// <summary>Names of the operator; more than one where they differ by name only.</summary>
    public abstract IReadOnlyList<string> OpTypes { get; }

    /// <summary>Operator domain; empty for the ONNX operators.</summary>
    public virtual string Domain => "";

    /// <summary>What a constant at an input is for.</summary>
    /// <param name="input">Index of the input.</param>
    /// <param name="constant">The constant there; null where the value is computed.</param>
    public virtual InputRole Role(int input, TensorData? constant) => InputRole.Setting;

    /// <summary>
    /// True where the output holds the very elements of an input, moved or converted: a constant there is for what the readers
    /// of the output make of it, and <see cref="Role"/> is not asked.
    /// </summary>
    /// <param name="input">Index of the input.</param>
    public virtual bool Passes(int input) => false;

    /// <summary>True where the kernel computes an output; the others must have no reader.</summary>
    /// <param name="output">Index of the output.</param>
    public virtual bool Computes(int output) => output == 0;

    /// <summary>
    /// True where the output is a tensor of its own and the gradient does not need it, so that its only reader may write over
    /// it. False for views, and for operators whose gradient is stated in their output.
    /// </summary>
    public virtual bool OutputIsFree => false;

    /// <summary>Why this kernel cannot run a node, such as a form of the operator it does not know; null where it can.</summary>
    /// <param name="node">The node.</param>
    /// <param name="opset">Version of the operator's domain.</param>
    public virtual string? Refuse(Node node, int opset) => null;

    /// <summary>Runs a node and returns its first output.</summary>
    /// <returns>A tensor of its own, which the caller disposes; an input is returned as an alias, never as it is.</returns>
    public abstract Tensor Run(KernelCall call);

    /// <summary>Runs a node and returns all its outputs in order, each as <see cref="Run"/> does; null is not computed.</summary>
    public virtual IReadOnlyList<Tensor?> RunAll(KernelCall call) => [Run(call)];
}
