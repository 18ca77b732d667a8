using ModelSlim.Testing;
using ModelSlim.Training.Modules;
using ModelSlim.Training.Sparsity;
using ModelSlim.Training.Tests.Runtime;
using static TorchSharp.torch;

namespace ModelSlim.Training.Tests.Sparsity;

public sealed class SoftMaskTests : IClassFixture<TorchFixture>
{
    private const int Steps = 80;

    [Fact]
    public void More_and_more_are_zero_and_the_weakest_at_the_half_stay_so()
    {
        var (net, module, groups) = Open();
        using var still = no_grad();
        var mask = new SoftMask(groups);
        var zeros = new List<int>();
        for (var step = 1; step <= Steps; step++)
        {
            mask.AfterStep(module, FadingNet.Moment(step, Steps));
            zeros.Add(groups.Sum(group => Zeros(group, module)));
        }

        Assert.Equal(zeros.Order(), zeros);
        Assert.True(zeros[0] < zeros[Steps / 4]);
        Assert.Equal(net.Groups.Sum(fading => fading.Going), zeros[(Steps / 2) - 1]);
        Assert.Equal(zeros[(Steps / 2) - 1], zeros[^1]);
        module.Dispose();
    }

    [Fact]
    public void A_channel_that_came_back_is_kept_and_another_goes()
    {
        var (_, module, groups) = Open();
        using var still = no_grad();
        var mask = new SoftMask(groups);
        for (var step = 1; step <= Steps / 4; step++)
        {
            mask.AfterStep(module, FadingNet.Moment(step, Steps));
        }

        var lengths = groups[0].Scales.Lengths(module);
        var back = Array.IndexOf(lengths, 0);
        module.Parameters[ScaleOf(module)][back].fill_(100);
        for (var step = (Steps / 4) + 1; step <= Steps; step++)
        {
            mask.AfterStep(module, FadingNet.Moment(step, Steps));
        }

        Assert.Equal(100, groups[0].Scales.Lengths(module)[back], 1e-4);
        Assert.Equal(groups[0].Going, Zeros(groups[0], module));
        module.Dispose();
    }

    [Fact]
    public void In_the_second_half_nothing_comes_back()
    {
        var (_, module, groups) = Open();
        using var still = no_grad();
        var mask = new SoftMask(groups);
        for (var step = 1; step <= Steps; step++)
        {
            module.Parameters[ScaleOf(module)].add_(step > Steps / 2 ? 1 : 0);
            mask.AfterStep(module, FadingNet.Moment(step, Steps));
        }

        Assert.Equal(groups[0].Going, Zeros(groups[0], module));
        module.Dispose();
    }

    private static (FadingNet Net, GraphModule Module, System.Collections.Immutable.ImmutableArray<GroupSlices> Groups) Open()
    {
        var net = new FadingNet(SmallNets.Chain());
        var module = FadingNet.Module(net.Scaled().Graph);
        return (net, module, GroupSlices.Of(net.Scaled(), net.Groups, module));
    }

    // Factors of the first normalization, which are those of the first group.
    private static string ScaleOf(GraphModule module) => module.ToGraph().Nodes.First(node => node.OpType == "BatchNormalization").Inputs[1];

    private static int Zeros(GroupSlices group, GraphModule module) => group.Scales.Lengths(module).Count(length => length == 0);
}
