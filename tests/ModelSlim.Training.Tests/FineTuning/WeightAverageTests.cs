using ModelSlim.Testing;
using ModelSlim.Training.FineTuning;
using ModelSlim.Training.Kernels;
using ModelSlim.Training.Modules;
using ModelSlim.Training.Tests.Runtime;
using static TorchSharp.torch;

namespace ModelSlim.Training.Tests.FineTuning;

public sealed class WeightAverageTests : IClassFixture<TorchFixture>
{
    [Fact]
    public void Averages_parameters_and_statistics_step_by_step()
    {
        using var module = new GraphModule(new GraphCompiler(KernelRegistry.Standard).Compile(SmallNets.Chain().Graph).Value!);
        using var average = new WeightAverage(module, 0.75);
        using var scope = NewDisposeScope();
        using var still = no_grad();
        Tensor[] live = [module.Parameters.Values.First(), module.Statistics.Values.First()];
        foreach (var tensor in live)
        {
            tensor.zero_();
        }

        average.AfterStep(module, default);
        var before = Values(live);
        average.Swap();
        var after = Values(live);
        average.Swap();

        Assert.Equal(before, Values(live));
        average.AfterStep(module, default);
        average.Swap();
        Assert.All(after.Zip(Values(live)), pair => Assert.Equal(0.75f * pair.First, pair.Second, 1e-6f));
        Assert.Contains(after, value => value != 0);
    }

    private static float[] Values(Tensor[] tensors) => [.. tensors.SelectMany(tensor => tensor.detach().contiguous().data<float>().ToArray())];
}
