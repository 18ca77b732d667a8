using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class SliceRangeTests
{
    [Theory]
    [InlineData(2, 6, 1, 2, 6)]
    [InlineData(-6, -2, 1, 2, 6)]
    [InlineData(0, long.MaxValue, 1, 0, 8)]
    [InlineData(-999, 3, 1, 0, 3)]
    [InlineData(-1, long.MinValue, -1, 7, -1)]
    [InlineData(99, 0, -2, 7, 0)]
    public void Stated_bounds_are_clamped_to_the_axis(long start, long end, long step, long first, long bound) =>
        Assert.Equal(new SliceRange(first, bound, step), SliceRange.Of(start, end, step, 8));

    [Theory]
    [InlineData(1, 6, 1, new[] { -1, 0, 1, 2, 3, 4, -1, -1 })]
    [InlineData(1, 8, 3, new[] { -1, 0, 0, 0, 1, 1, 1, 2 })]
    [InlineData(6, -1, -2, new[] { 3, 2, 2, 1, 1, 0, 0, -1 })]
    public void Skipped_indices_go_with_the_one_before_them(long start, long end, long step, int[] expected) =>
        Assert.Equal(expected, new SliceRange(start, end, step).OutputOfInput(8));

    [Fact]
    public void A_range_is_the_same_one_among_what_is_left()
    {
        Assert.Equal(new SliceRange(1, 3, 1), new SliceRange(2, 6, 1).Among([1, 3, 5, 7]));
        Assert.Equal(new SliceRange(2, 0, -1), new SliceRange(5, 1, -1).Among([1, 3, 5, 7]));
        Assert.Equal(new SliceRange(3, -1, -1), new SliceRange(7, -1, -1).Among([1, 3, 5, 7]));
    }

    [Fact]
    public void A_bound_before_the_first_index_is_not_stated_as_one_from_the_end() =>
        Assert.Equal(new SliceRange(3, -1, -1), SliceRange.Of(3, new SliceRange(3, -1, -1).Bounds.End, -1, 4));
}
