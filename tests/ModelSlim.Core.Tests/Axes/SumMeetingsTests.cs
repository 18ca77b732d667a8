using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Data;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;
using ModelSlim.Core.Tests.Graphs;

namespace ModelSlim.Core.Tests.Axes;

public sealed class SumMeetingsTests
{
    private static readonly int[][] Splits = [[2, 3, 4], [6, 4], [4, 6], [3, 8], [8, 3], [24], [1, 24, 1], [2, 2, 6], [12, 2]];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 200)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Random_movements_meet_as_they_do_element_by_element(int seed)
    {
        var random = new SplitMix(seed, "movement");
        var from = ImmutableArray.Create(Splits[random.NextInt(Splits.Length)]);
        var (shape, numbers) = (from, Enumerable.Range(1, 24).ToArray());
        for (var step = random.NextInt(5); step >= 0; step--)
        {
            (shape, numbers) = Step(random, shape, numbers);
        }

        var count = (int)TensorData.Count(from);
        var read = new MovementReader(shape, [(0, 1, count)]).Read(numbers);
        var elements = new Movement(
            [.. numbers.Select(number => number > 0 ? 0 : -1)], [.. numbers.Select(number => number > 0 ? number - 1 : -1)]);

        Assert.False(read.Sums.IsDefault);
        Assert.Equal(elements.Positions, read.Positions);
        var (expected, actual) = (new AxisPairing(from, shape, elements, 0), new AxisPairing(from, shape, read, 0));
        for (var a = 0; a < from.Length; a++)
        {
            for (var b = 0; b < shape.Length; b++)
            {
                Assert.Equal(expected.Between(a, b).Kind, actual.Between(a, b).Kind);
                Assert.Equal(expected.Between(a, b).SourceOfOutput, actual.Between(a, b).SourceOfOutput);
                Assert.Equal(expected.Between(a, b).TargetOfInput, actual.Between(a, b).TargetOfInput);
            }
        }
    }

    [Fact]
    public void A_large_movement_is_read_in_the_time_of_its_extents()
    {
        // 2^30 elements: nobody goes through them.
        ImmutableArray<int> from = [1, 1024, 1024, 1024];
        var sum = new PositionSum(0, 0, [[0], [.. Steps(1024, 1)], [.. Steps(1024, 1024 * 1024)], [.. Steps(1024, 1024)]]);

        var pairing = new AxisPairing(from, from, Movement.Of(from, [sum]), 0);

        Assert.Equal(AxisPairKind.OneToOne, pairing.Between(1, 2).Kind);
        Assert.Equal(AxisPairKind.OneToOne, pairing.Between(3, 1).Kind);
        Assert.Equal(AxisPairKind.Independent, pairing.Between(1, 1).Kind);
    }

    [Fact]
    public void Axes_that_are_split_and_joined_at_once_are_read_in_the_time_of_their_extents()
    {
        // 2^30 elements in all of which the axes have to do with each other, as before a normalization of groups.
        ImmutableArray<int> from = [1 << 15, 1 << 15];
        ImmutableArray<int> shape = [1 << 14, 1 << 16];
        var sum = new PositionSum(0, 0, [[.. Steps(1 << 14, 1 << 16)], [.. Steps(1 << 16, 1)]]);

        var pairing = new AxisPairing(from, shape, Movement.Of(shape, [sum]), 0);

        Assert.Equal(AxisPairKind.InputIsFiner, pairing.Between(0, 0).Kind);
        Assert.Equal(AxisPairKind.Independent, pairing.Between(0, 1).Kind);
        Assert.Equal(AxisPairKind.Independent, pairing.Between(1, 0).Kind);
        Assert.Equal(AxisPairKind.OutputIsFiner, pairing.Between(1, 1).Kind);
        Assert.Equal(3, pairing.Between(0, 0).TargetOfInput[7]);
    }

    private static IEnumerable<int> Steps(int count, int by) => Enumerable.Range(0, count).Select(i => i * by);

    // Transpose, Reshape to another split, Slice (also backwards), Pad, Tile: each keeps positions sums as long as Reshape comes first.
    private static (ImmutableArray<int> Shape, int[] Numbers) Step(SplitMix random, ImmutableArray<int> shape, int[] numbers)
    {
        var axis = random.NextInt(shape.Length);
        switch (random.NextInt(5))
        {
            case 0:
                int[] order = [.. Enumerable.Range(0, shape.Length).OrderBy(_ => random.NextInt(1000))];
                var moved = HandTrace.Transpose(shape, order);
                return ([.. order.Select(a => shape[a])], [.. moved.Positions.Select(position => numbers[position])]);
            case 1 when numbers.SequenceEqual(Enumerable.Range(1, 24)):
                return ([.. Splits[random.NextInt(Splits.Length)]], numbers);
            case 2:
                var step = random.NextInt(2) == 0 ? -1 : 1;
                return Along(shape, numbers, axis, [.. Enumerable.Range(0, shape[axis]).Select(i => step < 0 ? shape[axis] - 1 - i : i).Skip(random.NextInt(shape[axis]))]);
            case 3:
                return Along(shape, numbers, axis, [-1, .. Enumerable.Range(0, shape[axis]), -1]);
            default:
                return Along(shape, numbers, axis, [.. Enumerable.Range(0, 2 * shape[axis]).Select(i => i % shape[axis])]);
        }
    }

    private static (ImmutableArray<int> Shape, int[] Numbers) Along(ImmutableArray<int> shape, int[] numbers, int axis, int[] taken)
    {
        var (outer, inner) = ((int)TensorData.Count(shape[..axis]), (int)TensorData.Count(shape[(axis + 1)..]));
        var result = new List<int>();
        for (var block = 0; block < outer; block++)
        {
            foreach (var index in taken)
            {
                for (var i = 0; i < inner; i++)
                {
                    result.Add(index < 0 ? 0 : numbers[((((block * shape[axis]) + index) * inner) + i)]);
                }
            }
        }

        return (shape.SetItem(axis, taken.Length), [.. result]);
    }
}
