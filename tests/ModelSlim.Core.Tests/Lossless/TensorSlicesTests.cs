using ModelSlim.Core.Lossless;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Tests.Lossless;

public sealed class TensorSlicesTests
{
    // [2, 3, 2]: slices 0 and 2 of the middle axis are equal.
    private static readonly TensorData Tensor = TensorData.From([2, 3, 2], [1f, 2, 3, 4, 1, 2, 5, 6, 7, 8, 5, 6]);

    [Theory]
    [InlineData(0, 0, 1, false)]
    [InlineData(1, 0, 2, true)]
    [InlineData(1, 0, 1, false)]
    [InlineData(2, 0, 1, false)]
    public void Slices_are_compared_where_they_lie(int axis, int one, int other, bool equal)
    {
        var slices = new TensorSlices(Tensor, axis);

        Assert.Equal(equal, slices.AreEqual(one, other));
        Assert.Equal(equal, slices.Hash(one) == slices.Hash(other));
        Assert.Equal(equal, slices.SampleHash(one) == slices.SampleHash(other));
    }

    [Fact]
    public void Slices_of_nothing_are_equal() => Assert.True(new TensorSlices(TensorData.From([0, 2], Array.Empty<float>()), 1).AreEqual(0, 1));
}
