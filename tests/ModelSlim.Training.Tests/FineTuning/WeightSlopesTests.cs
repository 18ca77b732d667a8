using ModelSlim.Core.Masking;
using ModelSlim.Core.Recipes;
using ModelSlim.Testing;
using ModelSlim.Training.FineTuning;
using ModelSlim.Training.Kernels;
using ModelSlim.Training.Modules;
using ModelSlim.Training.Tests.Runtime;
using static TorchSharp.torch;

namespace ModelSlim.Training.Tests.FineTuning;

public sealed class WeightSlopesTests : IClassFixture<TorchFixture>
{
    [Fact]
    public void It_tells_the_root_of_the_moving_mean_of_squares()
    {
        var start = SmallNets.Chain().Graph;
        var (name, others) = (GrowthCase.Names(start)[0], GrowthCase.Names(start)[1..]);
        using var module = new GraphModule(new GraphCompiler(KernelRegistry.Standard).Compile(start).Value!);
        using var slopes = WeightSlopes.For(GrowthCase.Of(start), module)!;
        using var scope = NewDisposeScope();
        using (no_grad())
        {
            foreach (var other in others)
            {
                module.Parameters[other].grad = ones_like(module.Parameters[other]);
            }

            module.Parameters[name].grad = full_like(module.Parameters[name], -3);
            slopes.Add(module);
            module.Parameters[name].grad = full_like(module.Parameters[name], 2);
            slopes.Add(module);

            // A step without a slope counts as a flat one.
            module.Parameters[name].grad = null;
            slopes.Add(module);
        }

        var steepness = slopes.Steepness();
        Assert.NotNull(steepness);
        var expected = Math.Sqrt(0.95 * ((0.95 * 0.05 * 9) + (0.05 * 4)));
        Assert.All(steepness[name], slope => Assert.Equal(expected, slope, 1e-6));
        Assert.All(others, other => Assert.All(steepness[other], slope => Assert.Equal(Math.Sqrt(1 - (0.95 * 0.95 * 0.95)), slope, 1e-6)));
    }

    [Fact]
    public void It_tells_nothing_where_a_weight_has_none()
    {
        var start = SmallNets.Chain().Graph;
        using var module = new GraphModule(new GraphCompiler(KernelRegistry.Standard).Compile(start).Value!);
        using var slopes = WeightSlopes.For(GrowthCase.Of(start), module)!;
        using var scope = NewDisposeScope();
        using var still = no_grad();
        foreach (var name in GrowthCase.Names(start)[1..])
        {
            module.Parameters[name].grad = ones_like(module.Parameters[name]);
        }

        slopes.Add(module);

        Assert.Null(slopes.Steepness());
    }

    [Fact]
    public void There_are_none_where_nobody_asks_or_a_weight_is_not_trained()
    {
        var start = SmallNets.Chain().Graph;
        var growth = GrowthCase.Of(start);
        using var module = new GraphModule(new GraphCompiler(KernelRegistry.Standard).Compile(start).Value!);

        Assert.Null(WeightSlopes.For(null, module));
        Assert.Null(WeightSlopes.For(growth with { Criterion = Criterion.Lamp }, module));
        Assert.Null(WeightSlopes.For(growth with { Weights = growth.Weights.Add(new MaskableWeight("other", null)) }, module));
    }
}
