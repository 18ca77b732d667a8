using ModelSlim.Core.Pruning;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Core.Tests.Pruning;

public sealed class StepTargetsTests
{
    [Fact]
    public void Every_step_takes_the_same_share_and_the_last_reaches_the_target_exactly()
    {
        var target = new TargetSpec { Macs = 0.3, Params = 0.5 };
        var macs = new[] { 1, 2, 3 }.Select(step => new StepTargets().Of(target, step, 3, 1000).Macs!.Value).ToArray();

        Assert.Equal(macs[0], macs[1] / macs[0], 1e-12);
        Assert.Equal(macs[0], macs[2] / macs[1], 1e-12);
        Assert.Equal(target, new StepTargets().Of(target, 3, 3, 1000));
        Assert.Equal(target, new StepTargets().Of(target, 1, 1, 1000));
    }

    [Fact]
    public void Amounts_are_approached_as_shares_as_far_as_those_are_known()
    {
        var target = new TargetSpec { Size = new TargetLimit(250, false), Latency = new TargetLimit(5, false) };

        Assert.Equal(new TargetLimit(0.5, true), new StepTargets().Of(target, 1, 2, 1000).Size);
        Assert.Null(new StepTargets().Of(target, 1, 2, 1000).Latency);
        Assert.Equal(new TargetLimit(0.7, true), new StepTargets().Of(target with { Latency = new TargetLimit(0.49, true) }, 1, 2, 1000).Latency);
        Assert.Equal(target, new StepTargets().Of(target, 2, 2, 1000));
    }

    [Fact]
    public void Of_single_weights_many_go_at_first_and_a_pattern_is_no_way()
    {
        var target = new TargetSpec { Sparsity = new SparsityTarget(0.8) };
        var shares = new[] { 1, 2, 3 }.Select(step => new StepTargets().Of(target, step, 3, 1000).Sparsity!.Share).ToArray();

        Assert.Equal(0.8 * 19 / 27, shares[0], 1e-12);
        Assert.Equal(0.8 * 26 / 27, shares[1], 1e-12);
        Assert.Equal(0.8, shares[2]);
        var pattern = new TargetSpec { Sparsity = new SparsityTarget(2, 4) };
        Assert.Equal(pattern, new StepTargets().Of(pattern, 1, 2, 1000));
    }

    [Fact]
    public void What_is_not_asked_for_is_not_on_the_way_either() =>
        Assert.Null(new StepTargets().Of(new TargetSpec { Params = 0.25 }, 1, 2, 1000).Macs);
}
