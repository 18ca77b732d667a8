using ModelSlim.Core.Exits;

namespace ModelSlim.Core.Tests.Exits;

public sealed class PoolWindowTests
{
    [Theory]
    [InlineData(16, 28, 28, 784, 4, 4)]
    [InlineData(32, 14, 14, 512, 5, 3)]
    [InlineData(64, 7, 7, 576, 3, 2)]
    [InlineData(4, 3, 5, 60, 1, 1)]
    public void Windows_cover_the_picture_and_are_as_many_as_a_head_may_read(int channels, int height, int width, int features, int kernel, int stride)
    {
        var window = PoolWindow.Of([1, channels, height, width], false)!;

        Assert.Equal((features, kernel, stride), (window.Features, window.Kernel[1], window.Stride[1]));
        Assert.False(window.IsGlobal);
        Assert.All(window.Kernel.Zip(window.Stride, [height, width]), axis => Assert.Equal(0, (axis.Third - axis.First) % axis.Second));
    }

    [Theory]
    [InlineData(true, 1, 16, 28, 28)]
    [InlineData(false, 1, 1024, 7, 7)]
    public void Many_channels_and_open_sizes_are_read_as_means(bool isOpen, params int[] shape)
    {
        var window = PoolWindow.Of([.. shape], isOpen)!;

        Assert.True(window.IsGlobal);
        Assert.Equal(shape[1], window.Features);
    }

    [Fact]
    public void A_vector_is_read_as_it_is()
    {
        var window = PoolWindow.Of([1, 24], true)!;

        Assert.Equal((24, false, 0), (window.Features, window.IsGlobal, window.Kernel.Length));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(1, 5000)]
    [InlineData(1, 2, 3, 4, 5, 6)]
    [InlineData(1, 2, 0, 4)]
    public void What_no_head_reads_has_none(params int[] shape) => Assert.Null(PoolWindow.Of([.. shape], false));
}
