using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Tensors;
using ModelSlim.Training.FineTuning;
using ModelSlim.Training.Kernels;
using ModelSlim.Training.Modules;
using ModelSlim.Training.Tests.Kernels;
using ModelSlim.Training.Tests.Runtime;
using static TorchSharp.torch;

namespace ModelSlim.Training.Tests.FineTuning;

public sealed class TrainableNetTests : IClassFixture<TorchFixture>
{
    public static TheoryData<string> Kinds => [.. TrainableNets.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_net_of_every_kind_learns_from_its_teacher(string kind)
    {
        var (student, teacher) = (TrainableNets.Make(kind, 1), TrainableNets.Make(kind, 2));
        using var samples = Samples(student);
        var spec = new FineTuneSpec
        {
            Epochs = 4,
            Batch = 16,
            Optimizer = new OptimizerSpec.AdamW { LearningRate = 3e-3 },
            Distill = new DistillSpec(),
            Seed = 3,
        };

        var result = new FineTuner(new GraphCompiler(KernelRegistry.Standard), TimeProvider.System).Run(
            new TuningJob(student, teacher, spec, samples), new Progress<StageProgress>(), TestContext.Current.CancellationToken);

        Assert.True(result.Succeeded, string.Join('\n', result.Diagnostics));
        var epochs = result.Value.Epochs;
        Assert.True(epochs[^1].Loss < 0.8 * epochs[0].Loss, $"{epochs[0].Loss} {epochs[^1].Loss}");
        Assert.All(student.Graph.Initializers, entry =>
        {
            var tuned = result.Value.Model.Graph.Initializers[entry.Key];
            Assert.Equal((entry.Value.Type, entry.Value.Shape.Length), (tuned.Type, tuned.Shape.Length));
        });
        Assert.Contains(student.Graph.Initializers, entry => !entry.Value.Bytes.Span.SequenceEqual(result.Value.Model.Graph.Initializers[entry.Key].Bytes.Span));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_batch_gives_what_OnnxRuntime_gives_for_each_sample(string kind)
    {
        var model = TrainableNets.Make(kind, 1);
        using var samples = Samples(model);
        using var scope = NewDisposeScope();
        using var module = BatchedModule.Open(new GraphCompiler(KernelRegistry.Standard).Compile(model.Graph).Value!, samples);
        var batch = samples.Read([0, 1, 2, 3]);

        var outputs = module.Run(BatchTensors.Of(batch, samples.Shapes), RunMode.Inference);

        var tolerance = kind is "half" or "mixed" ? 5e-3f : 1e-5f;
        for (var sample = 0; sample < batch.Size; sample++)
        {
            var shape = samples.Shapes[0];
            var width = batch.Inputs[0].Length / batch.Size;
            var one = TensorData.From([1, .. shape], batch.Inputs[0].AsSpan(sample * width, width));
            foreach (var (expected, output) in OnnxRuntimeOracle.RunAll(model, [one]).Zip(outputs))
            {
                Assert.Equal(expected.Shape[1..], output.shape[1..]);
                var actual = output[sample].contiguous().data<float>().ToArray();
                var scale = expected.Values.Max(Math.Abs);
                Assert.All(expected.Values.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance * scale));
            }
        }
    }

    private static SyntheticSamples Samples(OnnxModel model) =>
        new([.. model.Graph.Inputs[0].Shape.Skip(1).Select(axis => axis.Extent!.Value)], 4, 96, labelled: false);
}
