using ModelSlim.Testing;
using ModelSlim.Training.Sparsity;
using ModelSlim.Training.Tests.Runtime;
using static TorchSharp.torch;

namespace ModelSlim.Training.Tests.Sparsity;

public sealed class ShrinkageTests : IClassFixture<TorchFixture>
{
    [Theory]
    [InlineData(false, 5, true)]
    [InlineData(false, 6, false)]
    [InlineData(true, 10, true)]
    public void Every_length_gets_shorter_by_rate_times_weight_and_ends_at_zero_while_channels_compete(bool toTheEnd, int step, bool shorter)
    {
        var net = new FadingNet(SmallNets.Residual());
        using var module = FadingNet.Module(net.Scaled().Graph);
        var groups = GroupSlices.Of(net.Scaled(), net.Groups, module);
        using var still = no_grad();
        double[] Lengths() => [.. groups.SelectMany(group => group.Scales.Lengths(module))];
        var before = Lengths();
        var cut = before.Order().ElementAt(before.Length / 2);

        new Shrinkage([([.. groups.Select(group => group.Scales)], new PenaltyWeight(10 * cut, 5, FadingNet.Constant, 0.01))], toTheEnd)
            .AfterStep(module, FadingNet.Moment(step, 10));

        Assert.All(before.Zip(Lengths()), pair => Assert.Equal(shorter ? Math.Max(0, pair.First - cut) : pair.First, pair.Second, 1e-5));
        Assert.Equal(shorter, Lengths().Contains(0));
    }
}
