using ModelSlim.Testing;
using ModelSlim.Training.Sparsity;
using ModelSlim.Training.Tests.Runtime;
using static TorchSharp.torch;

namespace ModelSlim.Training.Tests.Sparsity;

public sealed class FadingTests : IClassFixture<TorchFixture>
{
    private const int Steps = 40;

    [Fact]
    public void The_weakest_at_the_half_go_to_zero_in_equal_steps_and_the_others_stay()
    {
        var net = new FadingNet(SmallNets.Residual(folded: false));
        using var module = FadingNet.Module(net.Scaled().Graph);
        var groups = GroupSlices.Of(net.Scaled(), net.Groups, module);
        using var still = no_grad();
        var before = groups[0].Scales.Lengths(module);
        var weakest = Enumerable.Range(0, before.Length).OrderBy(channel => before[channel]).Take(groups[0].Going).ToHashSet();
        Assert.NotEmpty(weakest);
        var fading = new Fading(groups);
        for (var step = 1; step <= Steps; step++)
        {
            fading.AfterStep(module, FadingNet.Moment(step, Steps));
            var lengths = groups[0].Scales.Lengths(module);

            // From the half on, in ten steps.
            var left = Math.Clamp((30 - step) / 11.0, 0, 1);
            Assert.All(Enumerable.Range(0, before.Length), channel =>
                Assert.Equal(before[channel] * (step >= Steps / 2 && weakest.Contains(channel) ? left : 1), lengths[channel], 1e-4));
        }
    }
}
