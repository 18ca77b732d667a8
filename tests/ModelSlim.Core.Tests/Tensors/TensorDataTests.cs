using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Tests.Tensors;

public sealed class TensorDataTests
{
    [Fact]
    public void A_scalar_has_no_axes_and_one_element() => Assert.Equal(1, TensorData.From([], [2.5f]).Length);

    [Fact]
    public void An_axis_may_be_empty()
    {
        var tensor = TensorData.From([2, 0, 3], ReadOnlySpan<float>.Empty);

        Assert.Equal(0, tensor.Length);
        Assert.Equal([0, 0, 3], tensor.Take(0, []).Shape);
        Assert.Equal([2, 0, 2], tensor.Take(2, [0, 2]).Shape);
    }

    [Theory]
    [InlineData(new[] { 2, 3 }, 20)]
    [InlineData(new[] { 2, 3 }, 28)]
    [InlineData(new int[0], 0)]
    [InlineData(new[] { -2, -3 }, 24)]
    public void Bytes_have_to_fit_type_and_shape(int[] shape, int bytes) =>
        Assert.Throws<ArgumentException>(() => new TensorData(ElementType.Float, [.. shape], new byte[bytes]));

    [Fact]
    public void Strings_have_no_bytes() => Assert.Throws<ArgumentException>(() => new TensorData(ElementType.String, [1], new byte[1]));

    [Theory]
    [InlineData(0, new[] { 1 }, new[] { 2, 3 }, new[] { 6f, 7, 8, 9, 10, 11 })]
    [InlineData(1, new[] { 1 }, new[] { 2, 1, 3 }, new[] { 3f, 4, 5, 9, 10, 11 })]
    [InlineData(2, new[] { 0, 2 }, new[] { 2, 2, 2 }, new[] { 0f, 2, 3, 5, 6, 8, 9, 11 })]
    [InlineData(2, new[] { 2, 0 }, new[] { 2, 2, 2 }, new[] { 2f, 0, 5, 3, 8, 6, 11, 9 })]
    public void Take_keeps_indices_of_an_axis(int axis, int[] kept, int[] shape, float[] expected)
    {
        var taken = TensorData.From([2, 2, 3], [.. Enumerable.Range(0, 12).Select(i => (float)i)]).Take(axis, kept);

        Assert.Equal(expected, taken.ToSingles());
        Assert.Equal(shape, axis == 0 ? taken.Shape[1..] : taken.Shape);
    }

    [Fact]
    public void Take_from_several_axes_is_taking_from_one_after_the_other()
    {
        var tensor = TensorData.From([4, 2, 3, 5], [.. Enumerable.Range(0, 120).Select(i => (float)i)]);
        var (first, third) = (ImmutableArray.Create(3, 0), ImmutableArray.Create(1, 2));

        var taken = tensor.Take([first, null, third, null]);

        Assert.Equal([2, 2, 2, 5], taken.Shape);
        Assert.Equal(tensor.Take(0, first.AsSpan()).Take(2, third.AsSpan()).ToSingles(), taken.ToSingles());
        Assert.Same(tensor, tensor.Take([null, null, null, null]));
        Assert.Throws<ArgumentOutOfRangeException>(() => tensor.Take([[4], null, [0], null]));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void Take_does_not_reach_into_the_next_row(int index) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TensorData.From([2, 2], new float[4]).Take(1, [index]));

    [Theory]
    [InlineData(ElementType.Float)]
    [InlineData(ElementType.Double)]
    [InlineData(ElementType.Float16)]
    [InlineData(ElementType.BFloat16)]
    public void Numbers_survive_every_floating_type(ElementType type)
    {
        float[] numbers = [0, 1, -2.5f, 0.125f, float.PositiveInfinity, float.NaN];
        var tensor = new TensorData(type, [6], new byte[6 * TensorData.SizeOf(type)]).WithSingles(numbers);

        Assert.Equal(type, tensor.Type);
        Assert.Equal(numbers, tensor.ToSingles());
    }

    [Theory]
    [InlineData(1.00390625f, 1f)]
    [InlineData(1.01171875f, 1.015625f)]
    [InlineData(1.005f, 1.0078125f)]
    [InlineData(float.MaxValue, float.PositiveInfinity)]
    public void BFloat16_is_rounded_to_the_nearest_and_ties_to_even(float number, float expected)
    {
        var tensor = new TensorData(ElementType.BFloat16, [1], new byte[2]).WithSingles([number]);

        Assert.Equal(expected, tensor.ToSingles()[0]);
    }

    [Fact]
    public void Integers_are_read_from_both_widths()
    {
        long[] sizes = [-1, 0, 64];

        Assert.Equal(sizes, TensorData.From([3], sizes).ToInt64s());
        Assert.Equal(sizes, new TensorData(ElementType.Int32, [3], MemoryMarshal.AsBytes<int>([-1, 0, 64]).ToArray()).ToInt64s());
    }

    [Fact]
    public void Integers_are_no_floats_and_floats_no_integers()
    {
        Assert.Throws<InvalidOperationException>(() => TensorData.From([1], [1L]).ToSingles());
        Assert.Throws<InvalidOperationException>(() => TensorData.From([1], [1L]).WithSingles([1]));
        Assert.Throws<InvalidOperationException>(() => TensorData.From([1], [1f]).ToInt64s());
    }

    [Fact]
    public void Other_values_have_to_be_as_many() =>
        Assert.Throws<ArgumentException>(() => TensorData.From([2], [1f, 2f]).WithSingles([1]));

    [Theory]
    [InlineData(ElementType.Bool, new[] { -1f, 0, 0.5f, 300 }, new[] { 1f, 0, 1, 1 })]
    [InlineData(ElementType.UInt8, new[] { -1f, 0.4f, 1.6f, 300 }, new[] { 0f, 0, 2, 255 })]
    [InlineData(ElementType.Int8, new[] { -200f, -1.6f, 1, 200 }, new[] { -128f, -2, 1, 127 })]
    [InlineData(ElementType.Int32, new[] { -200f, 1.6f, 70000, 0 }, new[] { -200f, 2, 70000, 0 })]
    [InlineData(ElementType.Int64, new[] { -200f, 1.6f, 70000, 0 }, new[] { -200f, 2, 70000, 0 })]
    public void Integers_are_rounded_and_cut_off_at_the_range_of_their_type(ElementType type, float[] given, float[] held)
    {
        var bytes = TensorData.From(type, [4], given).Bytes.Span;
        var size = bytes.Length / 4;

        for (var i = 0; i < held.Length; i++)
        {
            var element = bytes.Slice(i * size, size);
            Assert.Equal(held[i], type switch
            {
                ElementType.Int8 => (sbyte)element[0],
                ElementType.Int32 => BitConverter.ToInt32(element),
                ElementType.Int64 => BitConverter.ToInt64(element),
                _ => element[0],
            });
        }
    }
}
