using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Graphs;

/// <summary>
/// Reads a movement off what came out where a data-movement node ran on numbers that say where each element is. Looks for sums
/// first: a term for each index of each axis, read along one line an axis and then compared with every element.
/// </summary>
/// <param name="shape">Extents of the output.</param>
/// <param name="starts">
/// For each input that was numbered, ascending: its index, the number of its first element (1 or more; the others follow one by
/// one), and how many elements it has.
/// </param>
public sealed class MovementReader(ImmutableArray<int> shape, IReadOnlyList<(int Input, int First, int Count)> starts)
{
    private const int LeastBlock = 2048;

    /// <summary>The movement.</summary>
    /// <param name="numbers">What came out, in row-major order; what is no input's number comes from no input.</param>
    public Movement Read(ReadOnlySpan<int> numbers)
    {
        var sums = ImmutableArray.CreateBuilder<PositionSum>();
        foreach (var (input, first, count) in starts)
        {
            var found = numbers.IndexOfAnyInRange(first, first + count - 1);
            if (count == 0 || found < 0)
            {
                continue;
            }

            var terms = Terms(numbers, found, first, first + count - 1);
            if (!Fits(numbers[found], terms, first, first + count - 1) || !Holds(numbers, numbers[found], terms, first, first + count - 1))
            {
                return Elements(numbers);
            }

            sums.Add(new PositionSum(input, numbers[found] - first, [.. terms.Select(ImmutableCollectionsMarshal.AsImmutableArray)]));
        }

        return Movement.Of(shape, sums.ToImmutable());
    }

    private int[][] Terms(ReadOnlySpan<int> numbers, int from, int first, int last)
    {
        var terms = new int[shape.Length][];
        var (rest, stride) = (from, 1);
        for (var axis = shape.Length - 1; axis >= 0; axis--)
        {
            (rest, var index) = Math.DivRem(rest, shape[axis]);
            terms[axis] = new int[shape[axis]];
            for (var i = 0; i < shape[axis]; i++)
            {
                var number = numbers[from + ((i - index) * stride)];
                terms[axis][i] = number < first || number > last ? PositionSum.Outside : number - numbers[from];
            }

            stride *= shape[axis];
        }

        return terms;
    }

    // Every sum is a number of that input.
    private static bool Fits(int origin, int[][] terms, int first, int last)
    {
        long least = origin, most = origin;
        foreach (var axis in terms)
        {
            var inside = axis.Where(term => term != PositionSum.Outside);
            least += inside.Min();
            most += inside.Max();
        }

        return least >= first && most <= last;
    }

    // The last axes together are one block, whose sums are worked out once; the axes before them shift it.
    private bool Holds(ReadOnlySpan<int> numbers, int origin, int[][] terms, int first, int last)
    {
        var split = shape.Length;
        int[] block = [0];
        while (split > 0 && block.Length < LeastBlock)
        {
            split--;
            block = [.. terms[split].SelectMany(_ => block, Add)];
        }

        var whole = !block.Contains(PositionSum.Outside);
        var index = new int[split];
        for (var start = 0; start < numbers.Length; start += block.Length)
        {
            var shift = origin;
            for (var axis = 0; axis < split; axis++)
            {
                shift = Add(shift, terms[axis][index[axis]]);
            }

            var here = numbers.Slice(start, block.Length);
            var same = shift == PositionSum.Outside ? !here.ContainsAnyInRange(first, last)
                : whole ? Equal(here, block, shift)
                : EqualInside(here, block, shift, first, last);
            if (!same)
            {
                return false;
            }

            for (var axis = split - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--)
            {
                index[axis] = 0;
            }
        }

        return true;
    }

    private static int Add(int one, int other) =>
        one == PositionSum.Outside || other == PositionSum.Outside ? PositionSum.Outside : one + other;

    private static bool Equal(ReadOnlySpan<int> numbers, ReadOnlySpan<int> block, int shift)
    {
        var i = 0;
        for (var shifts = new Vector<int>(shift); i <= block.Length - Vector<int>.Count; i += Vector<int>.Count)
        {
            if (new Vector<int>(numbers[i..]) != new Vector<int>(block[i..]) + shifts)
            {
                return false;
            }
        }

        for (; i < block.Length; i++)
        {
            if (numbers[i] != block[i] + shift)
            {
                return false;
            }
        }

        return true;
    }

    private static bool EqualInside(ReadOnlySpan<int> numbers, ReadOnlySpan<int> block, int shift, int first, int last)
    {
        for (var i = 0; i < block.Length; i++)
        {
            var same = block[i] == PositionSum.Outside ? numbers[i] < first || numbers[i] > last : numbers[i] == block[i] + shift;
            if (!same)
            {
                return false;
            }
        }

        return true;
    }

    private Movement Elements(ReadOnlySpan<int> numbers)
    {
        var count = checked((int)TensorData.Count(shape));
        var inputs = new int[count];
        var positions = new int[count];
        for (var i = 0; i < count; i++)
        {
            (inputs[i], positions[i]) = (-1, -1);
            foreach (var (input, first, length) in starts)
            {
                if (numbers[i] >= first && numbers[i] - first < length)
                {
                    (inputs[i], positions[i]) = (input, numbers[i] - first);
                }
            }
        }

        return new Movement(ImmutableCollectionsMarshal.AsImmutableArray(inputs), ImmutableCollectionsMarshal.AsImmutableArray(positions));
    }
}
