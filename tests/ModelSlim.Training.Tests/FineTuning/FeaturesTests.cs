using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Testing;
using ModelSlim.Training.FineTuning;
using ModelSlim.Training.Kernels;
using ModelSlim.Training.Modules;
using ModelSlim.Training.Tests.Runtime;
using static TorchSharp.torch;

namespace ModelSlim.Training.Tests.FineTuning;

public sealed class FeaturesTests : IClassFixture<TorchFixture>
{
    private static readonly GraphCompiler Compiler = new(KernelRegistry.Standard);

    [Fact]
    public void Equally_wide_values_are_compared_as_a_whole()
    {
        var student = tensor(new float[] { 1, 2, 3, 4 }, [1, 2, 1, 2]);
        var teacher = tensor(new float[] { 1, 2, 3, 2 }, [1, 2, 1, 2]);

        Assert.Equal(4.0 / 18, Features.Distance(student, Features.Kept(teacher, student)).item<float>(), 1e-6);
    }

    [Fact]
    public void Of_others_it_counts_where_they_are_strong()
    {
        var student = tensor(new float[] { 3, 0, 0, 4 }, [1, 1, 2, 2]);
        var alike = cat([student * 2, student], 1);
        var elsewhere = tensor(new float[] { 0, 1, 0, 0 }, [1, 1, 2, 2]).expand(1, 3, 2, 2);

        Assert.Equal(4, Features.Kept(alike, student).shape[1]);
        Assert.Equal(0, Features.Distance(student, Features.Kept(alike, student)).item<float>(), 1e-6);
        Assert.Equal(2, Features.Distance(student, Features.Kept(elsewhere, student)).item<float>(), 1e-5);
    }

    [Theory]
    [InlineData("residual")]
    [InlineData("chain")]
    public void The_same_values_are_chosen_where_normalization_was_folded(string kind)
    {
        string[] Of(bool folded)
        {
            var model = SmallNets.Make(kind, folded);
            using var samples = Samples(model);
            return new FeatureChoice(Compiler).Choose(LossOutputs.Of(model.Graph).Graph, LossOutputs.Of(model.Graph).Graph, samples).Value!;
        }

        var chosen = Of(folded: true);
        Assert.NotEmpty(chosen);
        Assert.Equal(chosen.Length, Of(folded: false).Length);
        Assert.InRange(chosen.Length, 1, 4);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Values_inside_come_closer_to_the_original(bool folded)
    {
        var (student, teacher) = (SmallNets.Residual(folded), SmallNets.Residual(folded, seed: 2));
        var (with, without) = (Tune(student, teacher, 5), Tune(student, teacher, 0));

        Assert.Equal(student.Graph.Outputs, with.Graph.Outputs);
        Assert.True(Apart(with, teacher) < 0.8 * Apart(without, teacher), $"{Apart(with, teacher)} {Apart(without, teacher)}");
        Assert.Equal(new OnnxWriter().Digest(with), new OnnxWriter().Digest(Tune(student, teacher, 5)));
    }

    private static OnnxModel Tune(OnnxModel student, OnnxModel teacher, double features)
    {
        using var samples = Samples(student);
        var spec = new FineTuneSpec
        {
            Epochs = 4,
            Batch = 32,
            Optimizer = new OptimizerSpec.Sgd { LearningRate = 0.02 },
            Distill = new DistillSpec { Features = features },
            Validation = 0,
            Seed = 3,
        };
        var tuned = new FineTuner(Compiler, TimeProvider.System).Run(
            new TuningJob(student, teacher, spec, samples), new Progress<Core.Diagnostics.StageProgress>(), TestContext.Current.CancellationToken);
        Assert.True(tuned.Succeeded, string.Join('\n', tuned.Diagnostics));
        return tuned.Value.Model;
    }

    // The mean distance of what was compared.
    private static double Apart(OnnxModel student, OnnxModel teacher)
    {
        using var samples = Samples(student);
        var names = new FeatureChoice(Compiler).Choose(student.Graph, teacher.Graph, samples).Value!;
        var inputs = BatchTensors.Of(samples.Read([.. Enumerable.Range(0, 64)]), samples.Shapes);
        Tensor[] Values(OnnxModel model)
        {
            using var still = no_grad();
            using var module = BatchedModule.Open(Compiler.Compile(FeatureChoice.With(model.Graph, names)).Value!, samples);
            return [.. module.Run(inputs, RunMode.Inference).TakeLast(names.Length)];
        }

        return Values(student).Zip(Values(teacher)).Average(pair => Features.Distance(pair.First, Features.Kept(pair.Second, pair.First)).item<float>());
    }

    private static SyntheticSamples Samples(OnnxModel model) => new([.. model.Graph.Inputs[0].Shape.Skip(1).Select(axis => axis.Extent!.Value)], 4, 256);
}
