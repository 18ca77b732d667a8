using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Lossless;
using ModelSlim.Core.Tensors;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Lossless;

public sealed class StoredSlicesTests
{
    private static readonly StoredSlices Slices = Of([3, 2], [1, 0, 2, 0, 1, 0]);

    [Theory]
    [InlineData(0, new[] { 0, 1, 0 })]
    [InlineData(1, new[] { 0, 1 })]
    public void Equal_slices_have_the_first_of_them_as_twin(int axis, int[] twins) =>
        Assert.Equal(twins, Slices.Twins(new AxisRef("w", axis)));

    [Fact]
    public void A_zero_of_the_other_sign_is_another_value() =>
        Assert.Equal([0, 1], Of([2], [0f, -0f]).Twins(new AxisRef("w", 0)));

    [Fact]
    public void Zeros_are_found_where_two_slices_cross()
    {
        Assert.True(Slices.IsZero("w", (0, 1), (1, 1)));
        Assert.False(Slices.IsZero("w", (0, 1), (1, 0)));
        Assert.True(Slices.IsZero("w", null, (1, 1)));
        Assert.False(Slices.IsZero("w", (0, 1), null));
        Assert.False(Slices.IsZero("w", null, null));
    }

    [Theory]
    [InlineData(new[] { 1f, 2, 3, 4 }, false)]
    [InlineData(new[] { 1f, 2, 0, 4 }, true)]
    [InlineData(new[] { -0f, 2, 3, 4 }, true)]
    public void Zeros_of_both_signs_are_noticed(float[] values, bool has) => Assert.Equal(has, Of([2, 2], values).HasZeros("w"));

    [Fact]
    public void Slices_that_differ_in_one_element_are_not_equal()
    {
        for (var place = 0; place < 100; place++)
        {
            var values = Enumerable.Repeat(1f, 300).ToArray();
            values[100 + place] = 2;

            Assert.Equal([0, 1, 0], Of([3, 100], values).Twins(new AxisRef("w", 0)));
        }
    }

    private static StoredSlices Of(int[] shape, float[] values)
    {
        var net = new ModelBuilder();
        net.Output(net.Node("Identity", [net.Initializer("w", TensorData.From([.. shape], values))], shape));
        return new StoredSlices(new GraphIndex(net.Build().Graph));
    }
}
