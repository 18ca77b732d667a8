using ModelSlim.Core.Recipes;
using ModelSlim.Training.FineTuning;
using ModelSlim.Training.Tests.Runtime;
using static TorchSharp.torch;

namespace ModelSlim.Training.Tests.FineTuning;

public sealed class OptimizerTests : IClassFixture<TorchFixture>
{
    [Theory]
    [InlineData(double.PositiveInfinity, 1.0)]
    [InlineData(10, 1.0)]
    [InlineData(1, 0.2)]
    public void Gradients_are_shortened_together(double limit, double factor)
    {
        using var scope = NewDisposeScope();
        Tensor[] parameters = [zeros(2).requires_grad_(), zeros(1).requires_grad_()];
        using var optimizer = Optimizer.Of(new OptimizerSpec.Sgd { Momentum = 0, Nesterov = false, WeightDecay = 0 }, parameters);
        ((parameters[0] * tensor(new[] { 3f, 0 })).sum() + (parameters[1] * 4).sum()).backward();

        optimizer.Step(0.1, limit);

        Assert.Equal(-0.3 * factor, parameters[0][0].item<float>(), 1e-6);
        Assert.Equal(-0.4 * factor, parameters[1][0].item<float>(), 1e-6);
        Assert.All(parameters, parameter => Assert.Null(parameter.grad));
    }
}
