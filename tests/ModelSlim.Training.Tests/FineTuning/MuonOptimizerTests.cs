using ModelSlim.Core.Recipes;
using ModelSlim.Training.FineTuning;
using ModelSlim.Training.Tests.Runtime;
using static TorchSharp.torch;

namespace ModelSlim.Training.Tests.FineTuning;

public sealed class MuonOptimizerTests : IClassFixture<TorchFixture>
{
    private static readonly OptimizerSpec.Muon Spec = new() { LearningRate = 0.1, VectorLearningRate = 0.2, Momentum = 0.5, WeightDecay = 0 };

    [Theory]
    [InlineData(new long[] { 6, 4 }, 1.22474487)]
    [InlineData(new long[] { 4, 6 }, 1)]
    [InlineData(new long[] { 4, 2, 3, 3 }, 1)]
    public void A_weight_moves_alike_in_all_directions(long[] shape, double scale)
    {
        using var scope = NewDisposeScope();
        var (weight, gradient) = (Waves(shape, 1.3), Waves(shape, 2.1));
        var before = weight.clone();

        Step(weight, gradient, 0.05);

        var step = before - weight;
        var singular = linalg.svdvals(step.flatten(1)) / (0.05 * scale);
        Assert.InRange(singular.min().item<float>(), 0.65, 1.25);
        Assert.InRange(singular.max().item<float>(), 0.65, 1.25);
        Assert.True((step * gradient).sum().item<float>() > 0);
    }

    [Fact]
    public void Steps_are_near_the_closest_orthogonal_matrix()
    {
        using var scope = NewDisposeScope();
        var (weight, gradient) = (Waves([5, 5], 0.7), Waves([5, 5], 1.9));
        var before = weight.clone();

        Step(weight, gradient, 0.05);

        var (u, _, v) = linalg.svd(gradient);
        var cosine = nn.functional.cosine_similarity((before - weight).flatten(), u.matmul(v).flatten(), dim: 0);
        Assert.True(cosine.item<float>() > 0.97, $"{cosine.item<float>()}");
    }

    [Theory]
    [InlineData(new long[] { 5 })]
    [InlineData(new long[] { 5, 1, 3, 3 })]
    public void Biases_and_depthwise_filters_move_by_momentum(long[] shape)
    {
        using var scope = NewDisposeScope();
        var (parameter, gradient) = (Waves(shape, 1.3), Waves(shape, 2.1));
        var expected = parameter.clone();
        using var optimizer = Optimizer.Of(Spec, [parameter.requires_grad_()]);
        var velocity = zeros_like(gradient);
        for (var i = 0; i < 3; i++)
        {
            parameter.grad = gradient.clone();
            optimizer.Step(0.05);
            velocity = (velocity * 0.5) + gradient;
            expected -= 0.1 * (gradient + (velocity * 0.5));
        }

        Assert.True(parameter.allclose(expected, 1e-5, 1e-6));
    }

    private static Tensor Waves(long[] shape, double frequency) =>
        (arange(shape.Aggregate(1L, (size, part) => size * part), dtype: ScalarType.Float32).add(1).square() * frequency).sin().view(shape);

    private static void Step(Tensor weight, Tensor gradient, double rate)
    {
        using var optimizer = Optimizer.Of(Spec, [weight.requires_grad_()]);
        weight.grad = gradient.clone();
        optimizer.Step(rate);
        weight.requires_grad_(false);
    }
}
