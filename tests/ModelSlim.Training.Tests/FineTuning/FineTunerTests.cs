using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Tensors;
using ModelSlim.Testing;
using ModelSlim.Training.FineTuning;
using ModelSlim.Training.Kernels;
using ModelSlim.Training.Modules;
using ModelSlim.Training.Tests.Runtime;

namespace ModelSlim.Training.Tests.FineTuning;

public sealed class FineTunerTests : IClassFixture<TorchFixture>
{
    private static readonly FineTuneSpec Spec = new()
    {
        Epochs = 2,
        Batch = 32,
        Optimizer = new OptimizerSpec.Sgd { LearningRate = 0.02 },
        Distill = new DistillSpec(),
        Seed = 3,
    };

    public static TheoryData<string, bool> Nets
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (var kind in SmallNets.Kinds)
            {
                data.Add(kind, false);
                data.Add(kind, true);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Nets))]
    public void LearnsAndKeepsTheStructure(string kind, bool folded)
    {
        var student = SmallNets.Make(kind, folded);
        var result = Tune(student, Spec with { Epochs = 3, Distill = null });
        Assert.True(result.Epochs[^1].Loss < 0.9 * result.Epochs[0].Loss, $"{result.Epochs[0].Loss} {result.Epochs[^1].Loss}");
        Assert.Equal(student.Graph.Nodes.Select(node => node.Label), result.Model.Graph.Nodes.Select(node => node.Label));
        Assert.Equal(student.Graph.Initializers.Keys.Order(), result.Model.Graph.Initializers.Keys.Order());
        Assert.All(student.Graph.Initializers, entry => Assert.Equal(entry.Value.Shape, result.Model.Graph.Initializers[entry.Key].Shape));
        Assert.Equal(new OnnxWriter().Size(student), new OnnxWriter().Size(result.Model));
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, null)]
    [InlineData(true, 0.9)]
    public void Weights_become_zero_bit_by_bit_where_that_is_asked_for(bool folded, double? ema)
    {
        var student = SmallNets.Residual(folded);
        var growth = GrowthCase.Of(student.Graph, 0.75);
        using var samples = new SyntheticSamples([.. student.Graph.Inputs[0].Shape.Skip(1).Select(axis => axis.Extent!.Value)], 4, 256);
        var tuned = new FineTuner(new GraphCompiler(KernelRegistry.Standard), TimeProvider.System).Run(
            new TuningJob(student, SmallNets.Residual(folded, seed: 2), Spec with { Epochs = 4, Validation = 0.25, Ema = ema }, samples)
            {
                Masked = GrowthCase.Names(student.Graph),
                Growth = growth,
            },
            new Progress<StageProgress>(),
            TestContext.Current.CancellationToken).Value!;

        Assert.Equal((long)Math.Round(growth.To * GrowthCase.Count(student.Graph)), GrowthCase.Zeros(student.Graph, tuned.Model.Graph));
        Assert.InRange(tuned.Kept.Epoch, 3, 4);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void SameJobSameBytes(bool folded)
    {
        var student = SmallNets.Residual(folded);
        var one = new OnnxWriter().Write(Tune(student, Spec).Model);
        var two = new OnnxWriter().Write(Tune(student, Spec).Model);
        var other = new OnnxWriter().Write(Tune(student, Spec with { Seed = 4 }).Model);
        Assert.Equal(one, two);
        Assert.NotEqual(one, other);
    }

    [Fact]
    public void DistillsWithoutLabels()
    {
        var teacher = Tune(SmallNets.Chain(seed: 1), Spec with { Epochs = 3, Distill = null }).Model;
        var result = Tune(SmallNets.Chain(seed: 2), Spec with { Epochs = 4 }, teacher, labelled: false);
        Assert.True(result.Epochs[^1].Accuracy > result.Epochs[0].Accuracy);
        Assert.True(result.Epochs[^1].Loss < 0.7 * result.Epochs[0].Loss);
    }

    [Theory]
    [InlineData("Softmax", true)]
    [InlineData("Softmax", false)]
    [InlineData("LogSoftmax", true)]
    public void ANetThatEndsInProbabilitiesIsTrainedOnItsLogits(string last, bool labelled)
    {
        var plain = SmallNets.Chain(folded: true);
        var ended = Ended(plain, last);
        var expected = Tune(plain, Spec, labelled: labelled).Model.Graph;
        var actual = Tune(ended, Spec, labelled: labelled).Model.Graph;

        Assert.Equal(ended.Graph.Outputs.Select(output => output.Name), actual.Outputs.Select(output => output.Name));
        Assert.Equal(last, actual.Nodes[^1].OpType);
        Assert.All(expected.Initializers, entry => Assert.Equal(entry.Value.Bytes.ToArray(), actual.Initializers[entry.Key].Bytes.ToArray()));
    }

    [Fact]
    public void EveryOutputIsHeldToTheTeacher()
    {
        var (teacher, student) = (TwoHeads(1), TwoHeads(2));
        double Distance(OnnxModel model) => SquaredDistance(model, teacher, output: 1);
        var tuned = Tune(student, Spec with { Epochs = 4 }, teacher, labelled: false).Model;

        Assert.True(Distance(tuned) < 0.5 * Distance(student), $"{Distance(student)} {Distance(tuned)}");
    }

    [Fact]
    public void AModelWithoutRealOutputsCannotBeTrained()
    {
        var result = Run(
            Ended(SmallNets.Chain(), "ArgMax", ElementType.Int64), Spec, SmallNets.Chain(), true, TestContext.Current.CancellationToken);
        Assert.Equal("MSLIM6104", Assert.Single(result.Diagnostics).Code);
    }

    public static TheoryData<OptimizerSpec> OtherOptimizers => [new OptimizerSpec.AdamW { LearningRate = 3e-3 }, new OptimizerSpec.Muon()];

    [Theory]
    [MemberData(nameof(OtherOptimizers))]
    public void Other_optimizers_learn(OptimizerSpec optimizer)
    {
        var result = Tune(SmallNets.Chain(), Spec with { Epochs = 3, Optimizer = optimizer });
        Assert.True(result.Epochs[^1].Loss < 0.9 * result.Epochs[0].Loss);
    }

    [Fact]
    public void DivergenceIsAnErrorWithoutAModel()
    {
        var spec = Spec with { Optimizer = new OptimizerSpec.Sgd { LearningRate = 1e12 }, Warmup = 0 };
        var result = Run(SmallNets.Chain(folded: true), spec, SmallNets.Chain(folded: true), true, TestContext.Current.CancellationToken);
        Assert.False(result.Succeeded);
        Assert.Equal("MSLIM6102", Assert.Single(result.Diagnostics).Code);
    }

    [Fact]
    public void LabelsBeyondTheOutputsAreAnError()
    {
        var model = SmallNets.Chain();
        var shape = model.Graph.Inputs[0].Shape.Skip(1).Select(axis => axis.Extent!.Value).ToImmutableArray();
        using var samples = new SyntheticSamples(shape, 50, 64);
        var result = Tuner().Run(new TuningJob(model, model, Spec, samples), new Progress<StageProgress>(), TestContext.Current.CancellationToken);
        Assert.Equal("MSLIM6103", Assert.Single(result.Diagnostics).Code);
    }

    [Fact]
    public void CancellationEndsIt()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Run(SmallNets.Chain(), Spec, SmallNets.Chain(), true, source.Token));
    }

    private static OnnxModel Ended(OnnxModel model, string opType, ElementType type = ElementType.Float)
    {
        var output = model.Graph.Outputs[0];
        var node = new Node { Name = "last", OpType = opType, Inputs = [output.Name], Outputs = ["ended"] }.With("axis", new AttributeValue.Int(1));
        return model.With(model.Graph with { Nodes = model.Graph.Nodes.Add(node), Outputs = [new GraphValue("ended", type, default)] });
    }

    private static OnnxModel TwoHeads(long seed)
    {
        var builder = new ModelBuilder(seed);
        var x = builder.Relu(builder.Conv(builder.Input("x", 1, 3, 8, 8), 8, 3, pad: 1));
        var pooled = builder.Flatten(builder.GlobalAveragePool(x));
        builder.Output(builder.Gemm(pooled, 4));
        builder.Output(builder.Gemm(pooled, 3));
        return builder.Build();
    }

    private static double SquaredDistance(OnnxModel one, OnnxModel other, int output)
    {
        using var samples = new SyntheticSamples([3, 8, 8], 4, 64);
        var batch = samples.Read([.. Enumerable.Range(0, 64)]);
        using var scope = TorchSharp.torch.NewDisposeScope();
        var inputs = BatchTensors.Of(batch, samples.Shapes);
        TorchSharp.torch.Tensor Outputs(OnnxModel model)
        {
            using var module = new GraphModule(new GraphCompiler(KernelRegistry.Standard).Compile(model.Graph).Value!);
            return module.Run([.. inputs], RunMode.Inference)[output].clone();
        }

        return (Outputs(one) - Outputs(other)).square().mean().item<float>();
    }

    private static FineTuner Tuner() => new(new GraphCompiler(KernelRegistry.Standard), TimeProvider.System);

    private static TuningResult Tune(OnnxModel student, FineTuneSpec spec, OnnxModel? teacher = null, bool labelled = true)
    {
        var result = Run(student, spec, teacher ?? student, labelled, TestContext.Current.CancellationToken);
        Assert.True(result.Succeeded, string.Join('\n', result.Diagnostics));
        return result.Value;
    }

    private static Result<TuningResult> Run(
        OnnxModel student, FineTuneSpec spec, OnnxModel teacher, bool labelled, CancellationToken cancellation)
    {
        var shape = student.Graph.Inputs[0].Shape.Skip(1).Select(axis => axis.Extent!.Value).ToImmutableArray();
        using var samples = new SyntheticSamples(shape, 4, 256, labelled);
        return Tuner().Run(new TuningJob(student, teacher, spec, samples), new Progress<StageProgress>(), cancellation);
    }
}
