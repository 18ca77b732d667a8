using ModelSlim.Core.Recipes;
using ModelSlim.Core.Tensors;
using ModelSlim.Testing;
using ModelSlim.Training.FineTuning;
using ModelSlim.Training.Kernels;
using ModelSlim.Training.Modules;
using ModelSlim.Training.Tests.Runtime;
using static TorchSharp.torch;

namespace ModelSlim.Training.Tests.FineTuning;

public sealed class GrowingMasksTests : IClassFixture<TorchFixture>
{
    private const int Steps = 80;

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.99)]
    public void Zeros_become_more_up_to_the_target_and_stay(double part)
    {
        var start = SmallNets.Chain().Graph;
        var growth = GrowthCase.Of(start, part, Criterion.Lamp);
        using var module = new GraphModule(new GraphCompiler(KernelRegistry.Standard).Compile(start).Value!);
        using var average = new WeightAverage(module, 0.9);
        using var masks = new WeightMasks(module, start, GrowthCase.Names(start));
        var growing = new GrowingMasks(growth, masks, null, average, null, graph => graph, 1);
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var zeros = new List<long>();
        for (var step = 1; step <= Steps; step++)
        {
            // A step of training: everything moves.
            foreach (var parameter in module.Parameters.Values)
            {
                parameter.mul_(1.01).add_(1e-4);
            }

            var moment = new TrainingMoment(0, step - 1, step, Steps, 0.1);
            growing.AfterStep(module, moment);
            masks.AfterStep(module, moment);
            average.AfterStep(module, moment);
            zeros.Add(GrowthCase.Zeros(start, module.ToGraph()));
        }

        var all = GrowthCase.Count(start);
        var last = growth.LastOf(Steps);
        Assert.Equal(zeros.Order(), zeros);
        Assert.True(zeros[last - 2] < zeros[last - 1] || zeros[last - 1] - zeros[last - 3] < 0.01 * all);
        Assert.All(zeros.Skip(last - 1), count => Assert.Equal((long)Math.Round(0.7 * all), count));
        Assert.InRange(zeros[last / 4] / (double)all, 0.7 * (1 - Math.Pow(0.75, 3)) - 0.1, 0.7 * (1 - Math.Pow(0.75, 3)) + 0.1);
        average.Swap();
        Assert.Equal(zeros[^1], GrowthCase.Zeros(start, module.ToGraph()));
    }

    // Momentum and orthogonal steps carry zeros far beyond the weights that stay.
    [Fact]
    public void Where_it_is_zero_it_stays_zero_however_far_a_step_moves_it()
    {
        var start = SmallNets.Chain().Graph;
        var names = GrowthCase.Names(start);
        using var module = new GraphModule(new GraphCompiler(KernelRegistry.Standard).Compile(start).Value!);
        using var masks = new WeightMasks(module, start, names);
        var growing = new GrowingMasks(GrowthCase.Of(start, 0.99, Criterion.Lamp), masks, null, null, null, graph => graph, 1);
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var zero = names.ToDictionary(name => name, name => module.Parameters[name].eq(0));
        for (var step = 1; step <= Steps; step++)
        {
            foreach (var name in names)
            {
                module.Parameters[name].add_(zero[name].to(ScalarType.Float32) * 100);
            }

            var moment = new TrainingMoment(0, step - 1, step, Steps, 0.1);
            growing.AfterStep(module, moment);
            masks.AfterStep(module, moment);
            foreach (var name in names)
            {
                var now = module.Parameters[name].eq(0);
                Assert.False(zero[name].logical_and(now.logical_not()).any().item<bool>());
                zero[name] = now;
            }
        }

        Assert.Contains(zero.Values, now => now.any().item<bool>());
    }

    [Theory]
    [InlineData(Scope.Global)]
    [InlineData(Scope.Local)]
    public void What_the_loss_is_steep_along_stays_however_small_it_is(Scope scope)
    {
        var start = SmallNets.Chain().Graph;
        var names = GrowthCase.Names(start);
        var growth = GrowthCase.Of(start) with { Scope = scope };
        using var module = new GraphModule(new GraphCompiler(KernelRegistry.Standard).Compile(start).Value!);
        using var masks = new WeightMasks(module, start, names);
        using var slopes = WeightSlopes.For(growth, module);
        var growing = new GrowingMasks(growth, masks, null, null, slopes, graph => graph, 1);
        using var dispose = NewDisposeScope();
        using var still = no_grad();
        var smallest = names.ToDictionary(name => name, name => module.Parameters[name].abs() < module.Parameters[name].abs().median());
        for (var step = 1; step <= Steps; step++)
        {
            foreach (var name in names)
            {
                module.Parameters[name].grad = (smallest[name].to(ScalarType.Float32) * 1e6) + 1e-6;
            }

            var moment = new TrainingMoment(0, step - 1, step, Steps, 0.1);
            growing.BeforeStep(module);
            growing.AfterStep(module, moment);
            masks.AfterStep(module, moment);
        }

        // Only the larger half is flat, and what goes beyond it are the smallest of the others.
        Assert.Equal((long)Math.Round(0.7 * GrowthCase.Count(start)), GrowthCase.Zeros(start, module.ToGraph()), GrowthCase.Count(start) / 20.0);
        Assert.All(names, name => Assert.True(
            module.Parameters[name].ne(0).logical_and(smallest[name].logical_not()).sum().item<long>() <= Math.Max(1, start.Initializers[name].Length / 32)));
    }

    // As behind a comparison, or where all of a layer is dead: nothing tells what the loss would miss of those, which must not go as a whole.
    [Fact]
    public void Where_a_weight_has_no_slopes_all_go_by_size()
    {
        var start = SmallNets.Chain().Graph;
        var names = GrowthCase.Names(start);
        float[][] After(Criterion criterion)
        {
            using var module = new GraphModule(new GraphCompiler(KernelRegistry.Standard).Compile(start).Value!);
            using var masks = new WeightMasks(module, start, names);
            var growth = GrowthCase.Of(start, criterion: criterion);
            using var slopes = WeightSlopes.For(growth, module);
            var growing = new GrowingMasks(growth, masks, null, null, slopes, graph => graph, 1);
            using var scope = NewDisposeScope();
            using var still = no_grad();
            for (var step = 1; step <= Steps; step++)
            {
                module.Parameters[names[0]].grad = ones_like(module.Parameters[names[0]]);
                var moment = new TrainingMoment(0, step - 1, step, Steps, 0.1);
                growing.BeforeStep(module);
                growing.AfterStep(module, moment);
                masks.AfterStep(module, moment);
            }

            return [.. names.Select(name => module.ToGraph().Initializers[name].ToSingles())];
        }

        Assert.Equal(After(Criterion.Lamp), After(Criterion.Fisher));
    }

    [Fact]
    public void A_step_goes_as_far_as_without_the_slopes_of_zeros()
    {
        var start = SmallNets.Chain().Graph;
        var names = GrowthCase.Names(start);
        using var module = new GraphModule(new GraphCompiler(KernelRegistry.Standard).Compile(start).Value!);
        using var scope = NewDisposeScope();
        var weight = module.Parameters[names[0]];
        using (no_grad())
        {
            weight[0].zero_();
        }

        using var masks = new WeightMasks(module, start, names);
        weight.square().sum().backward();
        var slope = weight.grad!.clone();
        weight.grad!.add_(weight.eq(0).to(ScalarType.Float32) * 100);
        masks.BeforeStep(module);

        Assert.True(weight.grad!.equal(slope).all().item<bool>());
        Assert.True(slope.ne(0).any().item<bool>());
    }

    // An orthogonal step of Muon is made of the whole momentum, so that what it remembers of zeros would move the others.
    [Theory]
    [InlineData("sgd")]
    [InlineData("adamw")]
    [InlineData("muon")]
    public void What_becomes_zero_is_forgotten_by_the_optimizer(string name)
    {
        OptimizerSpec spec = name switch { "sgd" => new OptimizerSpec.Sgd(), "adamw" => new OptimizerSpec.AdamW(), _ => new OptimizerSpec.Muon() };
        using var scope = NewDisposeScope();
        var (kept, slopes) = (tensor(new[] { 1f, 0, 1, 1, 0, 1 }).reshape(2, 3), tensor(new[] { 1f, -200, 3, -4, 500, 6 }).reshape(2, 3));
        Tensor After(bool grew)
        {
            var weight = ones(2, 3).requires_grad_();
            using var optimizer = Optimizer.Of(spec, [zeros(4).requires_grad_(), weight]);
            void Step(Tensor gradient)
            {
                weight.grad = gradient.clone();
                optimizer.Step(0.1);
            }

            Step(grew ? slopes : slopes * kept);
            using (no_grad())
            {
                // What the first step made of the others does not count here.
                weight.copy_(kept);
            }

            optimizer.Forget(weight, kept);
            Step(zeros(2, 3));
            using var still = no_grad();
            return (weight * kept).DetachFromDisposeScope();
        }

        using var grown = After(true);
        using var without = After(false);

        Assert.True(grown.equal(without).all().item<bool>());
    }

    // As those of a head whose output is of integers, which no loss is taken on.
    [Fact]
    public void Weights_that_are_not_trained_get_their_zeros_where_they_are_written()
    {
        var start = SmallNets.Chain().Graph;
        using var module = new GraphModule(new GraphCompiler(KernelRegistry.Standard).Compile(start).Value!);
        var whole = start with { Initializers = start.Initializers.SetItem("other", TensorData.From([2, 2], [1f, 0, -3, 4])) };
        string[] names = [.. GrowthCase.Names(start), "other"];
        using var masks = new WeightMasks(module, whole, names);

        masks.Renew(name => name == "other" ? [1, 0, 0, 4] : whole.Initializers[name].ToSingles());
        using (no_grad())
        {
            masks.BeforeStep(module);
            masks.AfterStep(module, new TrainingMoment(0, 0, 1, 1, 0.1));
        }

        var written = masks.InUntrained(whole, module);

        Assert.Equal([1f, 0, 0, 4], written.Initializers["other"].ToSingles());
        Assert.All(GrowthCase.Names(start), name => Assert.Same(whole.Initializers[name], written.Initializers[name]));
    }

    [Fact]
    public void Most_go_at_first()
    {
        var growth = GrowthCase.Of(SmallNets.Chain().Graph) with { From = 0.4, To = 0.8 };

        Assert.Equal(0.4, growth.ShareAt(0), 12);
        Assert.Equal(0.75, growth.ShareAt(0.5), 12);
        Assert.Equal(0.8, growth.ShareAt(1), 12);
        Assert.Equal((20, 1), (growth.LastOf(40), (growth with { Part = 1e-9 }).LastOf(40)));
    }
}
