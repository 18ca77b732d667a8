using ModelSlim.Testing;
using ModelSlim.Training.Kernels;
using ModelSlim.Training.Modules;

namespace ModelSlim.Training.Tests.Modules;

public sealed class ChannelsLastTests
{
    [Theory]
    [InlineData(1, 8, false, true)]
    [InlineData(8, 16, false, true)]
    [InlineData(3, 8, false, false)]
    [InlineData(8, 12, false, false)]
    [InlineData(8, 16, true, false)]
    public void Only_whole_vectors_of_channels_and_no_transposed_convolution_suit_it(int from, int to, bool transposed, bool suits)
    {
        var b = new ModelBuilder();
        var x = b.Conv(b.Input("x", 1, from, 4, 4), to, 3);
        if (transposed)
        {
            x = b.Node("ConvTranspose", [x, b.Initializer("up", [to, 8, 2, 2], -1, 1)], [1, 8, 3, 3]);
        }

        b.Output(b.Relu(x));

        Assert.Equal(suits, ChannelsLast.Suits(new GraphCompiler(KernelRegistry.Standard).Compile(b.Build().Graph).Value!));
    }
}
