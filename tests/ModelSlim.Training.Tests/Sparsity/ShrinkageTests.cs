using ModelSlim.Testing;
using ModelSlim.Training.Sparsity;
using ModelSlim.Training.Tests.Runtime;
using static TorchSharp.torch;

namespace ModelSlim.Training.Tests.Sparsity;

public sealed class ShrinkageTests : IClassFixture<TorchFixture>
{
    [Fact]
    public void Every_length_gets_shorter_by_rate_times_weight_and_ends_at_zero()
    {
        var net = new FadingNet(SmallNets.Residual());
        using var module = FadingNet.Module(net.Scaled().Graph);
        var groups = GroupSlices.Of(net.Scaled(), net.Groups, module);
        using var still = no_grad();
        double[] Lengths() => [.. groups.SelectMany(group => group.Scales.Lengths(module))];
        var before = Lengths();
        var cut = before.Order().ElementAt(before.Length / 2);

        new Shrinkage([.. groups.Select(group => group.Scales)], new PenaltyWeight(10 * cut, 0.5, FadingNet.Constant, 0.01))
            .AfterStep(module, FadingNet.Moment(1, 10));

        Assert.All(before.Zip(Lengths()), pair => Assert.Equal(Math.Max(0, pair.First - cut), pair.Second, 1e-5));
        Assert.Contains(0, Lengths());
    }
}
