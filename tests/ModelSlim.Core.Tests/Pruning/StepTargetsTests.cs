using ModelSlim.Core.Pruning;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Core.Tests.Pruning;

public sealed class StepTargetsTests
{
    [Fact]
    public void Every_step_takes_the_same_share_and_the_last_reaches_the_target_exactly()
    {
        var target = new TargetSpec { Macs = 0.3, Params = 0.5 };
        var macs = new[] { 1, 2, 3 }.Select(step => new StepTargets().Of(target, step, 3).Macs!.Value).ToArray();

        Assert.Equal(macs[0], macs[1] / macs[0], 1e-12);
        Assert.Equal(macs[0], macs[2] / macs[1], 1e-12);
        Assert.Equal(target, new StepTargets().Of(target, 3, 3));
        Assert.Equal(target, new StepTargets().Of(target, 1, 1));
    }

    [Fact]
    public void What_is_not_asked_for_is_not_on_the_way_either() =>
        Assert.Null(new StepTargets().Of(new TargetSpec { Params = 0.25 }, 1, 2).Macs);
}
