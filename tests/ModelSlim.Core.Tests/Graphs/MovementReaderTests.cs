using System.Collections.Immutable;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Tests.Graphs;

public sealed class MovementReaderTests
{
    [Fact]
    public void Numbers_in_their_order_are_a_sum_an_axis()
    {
        var sum = Assert.Single(Read([2, 3], [(0, 1, 6)], [1, 2, 3, 4, 5, 6]).Sums);

        Assert.Equal(0, sum.First);
        Assert.Equal([0, 3], sum.Terms[0]);
        Assert.Equal([0, 1, 2], sum.Terms[1]);
    }

    [Fact]
    public void Another_order_of_axes_is_one_too()
    {
        var movement = Read([3, 2], [(0, 1, 6)], [1, 4, 2, 5, 3, 6]);

        Assert.Equal([0, 1, 2], Assert.Single(movement.Sums).Terms[0]);
        Assert.Equal([0, 3, 1, 4, 2, 5], movement.Positions);
    }

    [Fact]
    public void A_reversed_axis_has_falling_terms() =>
        Assert.Equal([0, -1, -2], Assert.Single(Read([3], [(0, 1, 3)], [3, 2, 1]).Sums).Terms[0]);

    [Fact]
    public void What_comes_from_nowhere_is_outside()
    {
        var movement = Read([2, 3], [(0, 1, 2)], [0, 1, 0, 0, 2, 0]);

        Assert.Equal([PositionSum.Outside, 0, PositionSum.Outside], Assert.Single(movement.Sums).Terms[1]);
        Assert.Equal([-1, 0, -1, -1, 1, -1], movement.Positions);
        Assert.Equal([-1, 0, -1, -1, 0, -1], movement.Inputs);
    }

    [Fact]
    public void Every_input_has_its_own_sum()
    {
        var movement = Read([2, 3], [(0, 1, 4), (2, 5, 2)], [1, 2, 5, 3, 4, 6]);

        Assert.Equal([0, 2], movement.Sums.Select(sum => sum.Input));
        Assert.Equal([0, 2], movement.UsedInputs);
        Assert.Equal([0, 0, 2, 0, 0, 2], movement.Inputs);
        Assert.Equal([0, 1, 0, 2, 3, 1], movement.Positions);
    }

    [Theory]
    [InlineData(new[] { 1, 2, 4, 3 })]
    [InlineData(new[] { 1, 0, 0, 2 })]
    [InlineData(new[] { 1, 2, 3, 5 })]
    public void What_no_sum_says_is_kept_element_by_element(int[] numbers)
    {
        var movement = Read([2, 2], [(0, 1, 5)], numbers);

        Assert.True(movement.Sums.IsDefault);
        Assert.Equal(numbers.Select(number => number - 1), movement.Positions);
    }

    [Fact]
    public void A_sum_that_runs_over_into_another_input_is_none()
    {
        // 1 + 1 + 1 is 3, which is the other input's first number and not a position of this one.
        var movement = Read([2, 2], [(0, 1, 2), (1, 3, 1)], [1, 2, 2, 3]);

        Assert.True(movement.Sums.IsDefault);
        Assert.Equal([0, 0, 0, 1], movement.Inputs);
        Assert.Equal([0, 1, 1, 0], movement.Positions);
    }

    [Fact]
    public void Large_movements_take_room_for_their_extents_only()
    {
        var numbers = Enumerable.Range(1, 64 * 100 * 100).ToArray();

        var movement = Read([1, 64, 100, 100], [(0, 1, numbers.Length)], numbers);

        Assert.Equal(1 + 64 + 100 + 100, Assert.Single(movement.Sums).Terms.Sum(axis => axis.Length));
        numbers[500_000] = 7;
        Assert.True(Read([1, 64, 100, 100], [(0, 1, numbers.Length)], numbers).Sums.IsDefault);
    }

    [Fact]
    public void Nothing_is_read_from_nothing()
    {
        Assert.Empty(Read([0, 2], [(0, 1, 0)], []).UsedInputs);
        Assert.Equal([0], Read([], [(0, 1, 1)], [1]).Positions);
    }

    private static Movement Read(ImmutableArray<int> shape, (int, int, int)[] starts, int[] numbers) =>
        new MovementReader(shape, starts).Read(numbers);
}
