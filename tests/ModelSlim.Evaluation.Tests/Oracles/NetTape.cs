using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;
using ModelSlim.Testing;

namespace ModelSlim.Evaluation.Tests.Oracles;

/// <summary>
/// A net in the making, and the numbers that decide how it goes on. When the numbers are used up, every choice is the first.
/// </summary>
internal sealed class NetTape(int[] numbers)
{
    private int next;

    /// <summary>The net.</summary>
    public ModelBuilder Net { get; } = new(seed: 3);

    /// <summary>True when no number is left.</summary>
    public bool Ended => next >= numbers.Length;

    /// <summary>A number from 0 to <paramref name="below"/> - 1.</summary>
    public int Choose(int below) => Ended ? 0 : numbers[next++] % below;

    /// <summary>One of some values.</summary>
    public T Choose<T>(params ReadOnlySpan<T> values) => values[Choose(values.Length)];

    /// <summary>Shape of a value.</summary>
    public ImmutableArray<int> Shape(string value) => Net.Shape(value);

    /// <summary>A node.</summary>
    public string Node(string opType, string[] inputs, int[] shape, params (string Name, AttributeValue Value)[] attributes) =>
        Net.Node(opType, inputs, shape, attributes);

    /// <summary>Random weights for that many inputs a sum: an initializer, a Constant node, or an initializer behind an Identity.</summary>
    public string Weights(int fanIn, params int[] shape)
    {
        var name = Net.NewName("stored");
        var bound = MathF.Sqrt(3f / Math.Max(1, fanIn));
        return Choose(4) switch
        {
            0 => Node("Constant", [], shape, ("value", new AttributeValue.Tensor(TensorData.From([.. shape], Net.Random(name, [.. shape], -bound, bound))))),
            1 => Node("Identity", [Net.Initializer(name, [.. shape], -bound, bound)], shape),
            _ => Net.Initializer(name, [.. shape], -bound, bound),
        };
    }

    /// <summary>A stored list of sizes or axes.</summary>
    public string Sizes(params long[] values) => Net.Initializer(Net.NewName("sizes"), TensorData.From([values.Length], values));

    /// <summary>Reshape to a shape, which is stated in full, or with what a Reshape may leave open.</summary>
    public string Reshape(string x, params int[] shape)
    {
        var stated = Array.ConvertAll(shape, extent => (long)extent);
        switch (Choose(3))
        {
            case 1:
                stated[Choose(stated.Length)] = -1;
                break;
            case 2:
                for (var axis = 0; axis < stated.Length && axis < Shape(x).Length; axis++)
                {
                    stated[axis] = stated[axis] == Shape(x)[axis] ? 0 : stated[axis];
                }

                break;
        }

        return Node("Reshape", [x, Sizes(stated)], shape);
    }

    /// <summary>Transpose.</summary>
    public string Transpose(string x, params int[] order) => Node(
        "Transpose", [x], [.. order.Select(axis => Shape(x)[axis])], ("perm", new AttributeValue.Ints([.. order.Select(axis => (long)axis)])));
}
