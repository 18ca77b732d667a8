using ModelSlim.Testing;
using ModelSlim.Training.Sparsity;
using ModelSlim.Training.Tests.Runtime;
using static TorchSharp.torch;

namespace ModelSlim.Training.Tests.Sparsity;

public sealed class GrowingDecayTests : IClassFixture<TorchFixture>
{
    private const int Steps = 50;

    [Theory]
    [InlineData(null)]
    [InlineData(1.0)]
    public void The_weakest_fades_ever_faster_and_the_strongest_stays(double? weight)
    {
        var net = new FadingNet(SmallNets.Chain());
        using var module = FadingNet.Module(net.Scaled().Graph);
        var group = GroupSlices.Of(net.Scaled(), net.Groups, module)[0].Scales;
        using var still = no_grad();
        var before = group.Lengths(module);
        var (weakest, strongest) = (Array.IndexOf(before, before.Min()), Array.IndexOf(before, before.Max()));
        var decay = new GrowingDecay([group], weight, FadingNet.Constant, toTheEnd: true);
        var shares = new List<double> { 1 };
        for (var step = 1; step <= Steps; step++)
        {
            decay.AfterStep(module, FadingNet.Moment(step, Steps));
            shares.Add(group.Lengths(module)[weakest] / before[weakest]);
        }

        // Decay grows from 0 to the weight over all steps, at a rate of 0.1; found automatically, it leaves 1%.
        var expected = weight is { } given ? Math.Exp(-0.1 * given * Steps / 2) : 0.01;
        Assert.Equal(1, shares[^1] / expected, 0.3);
        Assert.True(shares[^1] / shares[^2] < shares[2] / shares[1]);
        Assert.Equal(before[strongest], group.Lengths(module)[strongest]);
    }

    [Fact]
    public void It_ends_when_the_channels_that_go_are_chosen()
    {
        var net = new FadingNet(SmallNets.Chain());
        using var module = FadingNet.Module(net.Scaled().Graph);
        var group = GroupSlices.Of(net.Scaled(), net.Groups, module)[0].Scales;
        using var still = no_grad();
        var before = group.Lengths(module);
        var decay = new GrowingDecay([group], 1, FadingNet.Constant, toTheEnd: false);

        decay.AfterStep(module, FadingNet.Moment((Steps / 2) + 1, Steps));
        Assert.Equal(before, group.Lengths(module));
        decay.AfterStep(module, FadingNet.Moment(Steps / 2, Steps));
        Assert.NotEqual(before, group.Lengths(module));
    }
}
