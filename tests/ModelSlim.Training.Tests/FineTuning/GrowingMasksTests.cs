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
        var growth = GrowthCase.Of(start, part);
        using var module = new GraphModule(new GraphCompiler(KernelRegistry.Standard).Compile(start).Value!);
        using var average = new WeightAverage(module, 0.9);
        using var masks = new WeightMasks(module, GrowthCase.Names(start));
        var growing = new GrowingMasks(growth, masks, average, graph => graph, 1);
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
