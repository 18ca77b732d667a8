using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace ModelSlim.Core.Graphs;

/// <summary>Where each element of an output of a data-movement node (Reshape, Transpose, Concat ...) came from.</summary>
public sealed class Movement
{
    private readonly Lazy<(ImmutableArray<int> Inputs, ImmutableArray<int> Positions)> elements;

    /// <summary>A movement element by element.</summary>
    /// <param name="inputs">Per output element, in row-major order, the index of the node's input; -1 where it is no input's.</param>
    /// <param name="positions">Per output element, the row-major position in that input; -1 where there is none.</param>
    public Movement(ImmutableArray<int> inputs, ImmutableArray<int> positions)
    {
        elements = new((inputs, positions));
    }

    private Movement(ImmutableArray<int> shape, ImmutableArray<PositionSum> sums)
    {
        Sums = sums;
        elements = new(() => Spread(shape, sums));
    }

    /// <summary>The same as <see cref="Inputs"/> and <see cref="Positions"/>, axis by axis; default where no sums say it.</summary>
    public ImmutableArray<PositionSum> Sums { get; }

    /// <summary>The indices of the inputs that elements came from, ascending.</summary>
    public IEnumerable<int> UsedInputs => Sums.IsDefault ? Inputs.Where(i => i >= 0).Distinct().Order() : Sums.Select(sum => sum.Input).Order();

    /// <summary>Per output element, in row-major order, the index of the node's input; -1 where the element is no input's, as in Pad.</summary>
    public ImmutableArray<int> Inputs => elements.Value.Inputs;

    /// <summary>Per output element, the row-major position in that input; -1 where there is none.</summary>
    public ImmutableArray<int> Positions => elements.Value.Positions;

    /// <summary>A movement axis by axis.</summary>
    /// <param name="shape">Extents of the output.</param>
    /// <param name="sums">Each input's share; no two of them have an element in common.</param>
    public static Movement Of(ImmutableArray<int> shape, ImmutableArray<PositionSum> sums) => new(shape, sums);

    private static (ImmutableArray<int> Inputs, ImmutableArray<int> Positions) Spread(
        ImmutableArray<int> shape, ImmutableArray<PositionSum> sums)
    {
        var count = checked((int)Tensors.TensorData.Count(shape));
        var inputs = new int[count];
        var positions = new int[count];
        Array.Fill(inputs, -1);
        Array.Fill(positions, -1);
        foreach (var (input, first, terms) in sums)
        {
            for (var element = 0; element < count; element++)
            {
                var (rest, position) = (element, (long)first);
                for (var axis = shape.Length - 1; axis >= 0; axis--)
                {
                    (rest, var index) = Math.DivRem(rest, shape[axis]);
                    position += terms[axis][index] == PositionSum.Outside ? long.MinValue / 64 : terms[axis][index];
                }

                if (position >= 0)
                {
                    (inputs[element], positions[element]) = (input, (int)position);
                }
            }
        }

        return (ImmutableCollectionsMarshal.AsImmutableArray(inputs), ImmutableCollectionsMarshal.AsImmutableArray(positions));
    }
}
