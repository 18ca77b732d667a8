using ModelSlim.Core.Recipes;
using ModelSlim.Training.FineTuning;
using ModelSlim.Training.Tests.Runtime;
using static TorchSharp.torch;

namespace ModelSlim.Training.Tests.FineTuning;

public sealed class TrainingLossTests : IClassFixture<TorchFixture>
{
    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public void Distances_count_in_units_of_what_the_teacher_gives(float scale)
    {
        using var scope = NewDisposeScope();
        var student = tensor(new float[] { 1, 2, 3, 5 }, [2, 2, 1]) * scale;
        var teacher = tensor(new float[] { 1, 2, 3, 4 }, [2, 2]) * scale;

        Assert.Equal(1.0 / 30, new TrainingLoss(new DistillSpec(), false).Of([student], [teacher], null).item<float>(), 1e-6);
    }

    [Fact]
    public void Every_output_counts()
    {
        using var scope = NewDisposeScope();
        var (right, wrong, teacher) = (ones(2, 3, 1), zeros(2, 3, 1), ones(2, 3));
        var loss = new TrainingLoss(new DistillSpec(), false);

        Assert.Equal(0, loss.Of([right, right], [teacher, teacher], null).item<float>());
        Assert.Equal(1, loss.Of([right, wrong], [teacher, teacher], null).item<float>());
        Assert.Equal(2, loss.Of([wrong, wrong], [teacher, teacher], null).item<float>());
    }

    [Fact]
    public void Labels_and_teacher_are_mixed()
    {
        using var scope = NewDisposeScope();
        var output = tensor(new float[] { 2, 0 }, [1, 2]);
        var labels = tensor(new long[] { 1 });
        var alone = new TrainingLoss(null, false).Of([output], null, labels).item<float>();

        Assert.Equal(Math.Log(1 + Math.Exp(2)), alone, 1e-5);
        Assert.Equal(alone / 4, new TrainingLoss(new DistillSpec { Weight = 0.75 }, false).Of([output], [output], labels).item<float>(), 1e-5);
    }
}
