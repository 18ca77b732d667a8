using System.Collections.Immutable;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Evaluation.Repair;

/// <summary>How a node reads its input and its weight, whatever their sizes: <c>y = Scale * product + BiasScale * bias</c>.</summary>
/// <param name="Node">The node.</param>
/// <param name="Input">Index of the input that is computed.</param>
/// <param name="Weight">Index of the input that is stored.</param>
internal abstract record LayerForm(Node Node, int Input, int Weight)
{
    /// <summary>Index of the bias; null where the operator has none.</summary>
    public int? Bias { get; init; }

    /// <summary>Factor of the product.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Factor of the bias.</summary>
    public double BiasScale { get; init; } = 1;

    /// <summary>Index of an input that is added to the product, which has the output's shape; null where the operator has none.</summary>
    public int? Beside { get; init; }

    /// <summary>The activation that is part of the node.</summary>
    public Bounds Activation { get; init; } = Bounds.None;

    /// <summary>
    /// True where the product is no output of the node, as the gates of a recurrent net are none: what it should be follows from
    /// the original's input and weight.
    /// </summary>
    public bool IsInside { get; init; }

    /// <summary>Lays the node out.</summary>
    /// <param name="input">Shape of the input.</param>
    /// <param name="weight">Shape of the weight.</param>
    /// <param name="output">Shape of the output, of which only what the others do not say is used.</param>
    /// <returns>The layout; null where the shapes do not fit.</returns>
    public abstract LayerLayout? LayOut(ImmutableArray<int> input, ImmutableArray<int> weight, ImmutableArray<int> output);

    /// <summary>The node's input, and its axis, that gives an axis of the product; null where none does alone.</summary>
    public virtual (int Input, int Axis)? Source(int outputAxis) => null;

    /// <summary>Where the bias of each channel lies in the stored bias; null where the bias does not lie channel by channel.</summary>
    public virtual int[]? BiasPlaces(LayerLayout layout, ImmutableArray<int> bias) => null;
}
