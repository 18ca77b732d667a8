using ModelSlim.Core.Graphs;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>One call of a node: its attributes, its input tensors, and how the graph is being run.</summary>
/// <param name="Node">The node.</param>
/// <param name="Opset">Version of the operator's domain.</param>
/// <param name="Inputs">Tensors of the node's inputs; null where an optional input is left out.</param>
/// <param name="Mode">How the graph is being run.</param>
/// <param name="Batch">Extents of the batch axis.</param>
public sealed record KernelCall(Node Node, int Opset, IReadOnlyList<Tensor?> Inputs, RunMode Mode, BatchAxis Batch)
{
    /// <summary>
    /// True where the kernel may write its output over its first input: nobody reads that value afterwards, and whoever made
    /// it needs not its output to compute gradients.
    /// </summary>
    public bool MayOverwrite { get; init; }

    /// <summary>Element type of every floating-point value of the run, whatever the file says.</summary>
    public ScalarType Real { get; init; } = ScalarType.Float32;

    /// <summary>An input that the operator requires.</summary>
    public Tensor Input(int index) =>
        Optional(index) ?? throw new InvalidDataException($"Input {index} of {Node.Label} is missing.");

    /// <summary>An input, or null where the node leaves it out.</summary>
    public Tensor? Optional(int index) => index < Inputs.Count ? Inputs[index] : null;

    /// <summary>An axis attribute, counted from the front.</summary>
    /// <param name="attribute">Name of the attribute.</param>
    /// <param name="otherwise">Its default.</param>
    /// <param name="rank">Number of axes.</param>
    public int Axis(string attribute, long otherwise, long rank) => FromFront(Node.GetInt(attribute, otherwise), rank);

    /// <summary>An axis counted from the front, where it may be counted from the end.</summary>
    public static int FromFront(long axis, long rank) => (int)(axis < 0 ? axis + rank : axis);

    /// <summary>The number behind a scalar input, or null where it is left out.</summary>
    public double? Number(int input)
    {
        if (Optional(input) is not { } tensor)
        {
            return null;
        }

        using var scalar = tensor.detach().to(ScalarType.Float64);
        return scalar.item<double>();
    }

    /// <summary>Integers that newer opsets state as an input and older ones as an attribute; null where there are none.</summary>
    /// <param name="input">Index of the input.</param>
    /// <param name="attribute">Name of the attribute.</param>
    public long[]? Integers(int input, string attribute)
    {
        if (Optional(input) is { } tensor)
        {
            using var integers = tensor.to(ScalarType.Int64).contiguous();
            return integers.data<long>().ToArray();
        }

        var values = Node.GetInts(attribute);
        return values.IsDefault ? null : [.. values];
    }
}
