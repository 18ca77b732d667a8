using System.Collections.Immutable;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Graphs;

/// <summary>What one run of a model showed: shapes, shape-dependent values, and where data movement moved each element.</summary>
public sealed record ValueTrace
{
    /// <summary>
    /// Extents of every tensor value, constants included, at the traced input sizes; and of the axes that nodes have inside
    /// only, each as a value of one axis.
    /// </summary>
    public required ImmutableDictionary<string, ImmutableArray<int>> Shapes { get; init; }

    /// <summary>Element types of the same values.</summary>
    public required ImmutableDictionary<string, ElementType> Types { get; init; }

    /// <summary>Values of the small integer tensors that nodes computed (at most 1,024 elements), such as computed shapes.</summary>
    public required ImmutableDictionary<string, ImmutableArray<long>> Integers { get; init; }

    /// <summary>Small tensors of integers and flags that nodes computed (at most 1,024 elements), which may decide what a node does.</summary>
    public ImmutableDictionary<string, TensorData> Small { get; init; } = ImmutableDictionary<string, TensorData>.Empty;

    /// <summary>
    /// Of each output of a data-movement node: for every output element, in row-major order, the input it came from and its
    /// row-major position there.
    /// </summary>
    public required ImmutableDictionary<string, Movement> Movements { get; init; }

    /// <summary>What the model was run on, for the inputs of integers: not every number suits every model.</summary>
    public ImmutableDictionary<string, TensorData> Fed { get; init; } = ImmutableDictionary<string, TensorData>.Empty;

    /// <summary>The same trace, with copies of stored tensors under names of their own.</summary>
    /// <param name="origins">Name of each copy, and the name of what it is a copy of.</param>
    public ValueTrace WithCopies(IReadOnlyDictionary<string, string> origins) => this with
    {
        Shapes = Shapes.SetItems(origins.Select(copy => KeyValuePair.Create(copy.Key, Shapes[copy.Value]))),
        Types = Types.SetItems(origins.Select(copy => KeyValuePair.Create(copy.Key, Types[copy.Value]))),
    };

    /// <summary>Extents of a value.</summary>
    /// <exception cref="KeyNotFoundException">The value was not traced.</exception>
    public ImmutableArray<int> Shape(string value) => Shapes[value];
}
