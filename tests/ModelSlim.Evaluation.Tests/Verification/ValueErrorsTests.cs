using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Verification;

namespace ModelSlim.Evaluation.Tests.Verification;

public sealed class ValueErrorsTests
{
    private static readonly TensorData Expected = TensorData.From([3], [1f, -4f, 2f]);

    [Fact]
    public void An_error_is_relative_to_the_largest_element() =>
        Assert.Equal(0.25, ValueErrors.Of(Expected, TensorData.From([3], [1f, -4f, 3f])), 1e-7);

    [Fact]
    public void Other_shapes_types_and_places_without_numbers_are_infinitely_far()
    {
        Assert.Equal(double.PositiveInfinity, ValueErrors.Of(Expected, null));
        Assert.Equal(double.PositiveInfinity, ValueErrors.Of(Expected, TensorData.From([1, 3], [1f, -4f, 2f])));
        Assert.Equal(double.PositiveInfinity, ValueErrors.Of(Expected, TensorData.From(ElementType.Double, [3], [1f, -4f, 2f])));
        Assert.Equal(double.PositiveInfinity, ValueErrors.Of(Expected, TensorData.From([3], [1f, -4f, float.NaN])));
        Assert.Equal(double.PositiveInfinity, ValueErrors.Of(TensorData.From([1], [float.NaN]), TensorData.From([1], [1f])));
    }

    [Fact]
    public void Integers_are_not_compared_but_their_shapes_are()
    {
        Assert.Equal(0, ValueErrors.Of(TensorData.From([1], [1L]), TensorData.From([1], [2L])));
        Assert.Equal(double.PositiveInfinity, ValueErrors.Of(TensorData.From([1], [1L]), TensorData.From([2], [1L, 1L])));
    }

    [Theory]
    [InlineData(true, 0f, 1f)]
    [InlineData(false, 0f, 0f)]
    [InlineData(false, 1f, float.NaN)]
    [InlineData(false)]
    public void Only_numbers_that_are_not_all_0_tell_anything(bool tells, params float[] elements) =>
        Assert.Equal(tells, ValueErrors.Tells(TensorData.From([elements.Length], elements)));
}
