using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Testing;
using ModelSlim.Training.Kernels;
using ModelSlim.Training.Modules;
using ModelSlim.Training.Sparsity;
using ModelSlim.Training.Tests.FineTuning;
using ModelSlim.Training.Tests.Runtime;

namespace ModelSlim.Training.Tests.Sparsity;

public sealed class SparseTrainerTests : IClassFixture<TorchFixture>
{
    private static readonly FineTuneSpec Tuning = new()
    {
        Batch = 32,
        Optimizer = new OptimizerSpec.Sgd { LearningRate = 0.02 },
        Distill = new DistillSpec(),
        Seed = 3,
    };

    public static TheoryData<Method, Regularizer, string, bool> Cases
    {
        get
        {
            var data = new TheoryData<Method, Regularizer, string, bool>();
            foreach (var folded in new[] { false, true })
            {
                foreach (var kind in SmallNets.Kinds)
                {
                    data.Add(Method.Soft, Regularizer.ScaleL1, kind, folded);
                    data.Add(Method.Slimming, Regularizer.ScaleL1, kind, folded);
                }

                data.Add(Method.Slimming, Regularizer.GroupLasso, "residual", folded);
                data.Add(Method.Slimming, Regularizer.Growing, "residual", folded);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Channels_fade_and_the_structure_stays(Method method, Regularizer regularizer, string kind, bool folded)
    {
        var net = new FadingNet(SmallNets.Make(kind, folded));
        var result = Train(net, method, new SparsitySpec { Regularizer = regularizer, Epochs = 4 });

        Assert.Equal(net.Model.Graph.Nodes.Select(node => node.Label), result.Model.Graph.Nodes.Select(node => node.Label));
        Assert.Equal(net.Model.Graph.Initializers.Keys.Order(), result.Model.Graph.Initializers.Keys.Order());
        Assert.Equal(new OnnxWriter().Size(net.Model), new OnnxWriter().Size(result.Model));
        Assert.Equal(net.Groups.Select(fading => fading.Group.Id).Order(), result.Strengths.Keys.Order());
        Assert.All(net.Groups, fading => Assert.Equal(fading.Group.Channels, result.Strengths[fading.Group.Id].Length));
        Assert.All(net.Groups, fading => Assert.Equal(fading.Going, result.Strengths[fading.Group.Id].Count(strength => strength == 0)));
    }

    [Theory]
    [InlineData(Regularizer.ScaleL1, false)]
    [InlineData(Regularizer.ScaleL1, true)]
    [InlineData(Regularizer.GroupLasso, true)]
    [InlineData(Regularizer.Growing, true)]
    public void Where_all_groups_compete_their_channels_become_unequal(Regularizer regularizer, bool folded)
    {
        var net = new FadingNet(SmallNets.Residual(folded));
        var before = Train(net, Method.Slimming, new SparsitySpec { Regularizer = regularizer, Weight = 1e-9, Epochs = 4 }, together: true);
        var result = Train(net, Method.Slimming, new SparsitySpec { Regularizer = regularizer, Epochs = 4 }, together: true);

        Assert.True(Spread(result) > 1.2 * Spread(before), $"{Spread(before)} {Spread(result)}");
    }

    /// <summary>The penalty decides which channels go, not what they were like before.</summary>
    [Fact]
    public void Regularizers_and_weights_choose_differently()
    {
        var net = new FadingNet(SmallNets.Residual());
        string Chosen(SparsitySpec sparsity) => string.Join(' ', Train(net, Method.Slimming, sparsity with { Epochs = 4 }).Strengths
            .Select(group => string.Concat(group.Value.Select(strength => strength == 0 ? '0' : '1'))));

        var chosen = new[]
        {
            Chosen(new SparsitySpec()),
            Chosen(new SparsitySpec { Weight = 1e-9 }),
            Chosen(new SparsitySpec { Regularizer = Regularizer.GroupLasso }),
            Chosen(new SparsitySpec { Regularizer = Regularizer.Growing }),
        };
        Assert.Equal(chosen.Length, chosen.Distinct().Count());
    }

    [Theory]
    [InlineData(Method.Soft, false)]
    [InlineData(Method.Soft, true)]
    [InlineData(Method.Slimming, false)]
    [InlineData(Method.Slimming, true)]
    public void What_is_to_go_is_nothing_in_the_file(Method method, bool folded)
    {
        var net = new FadingNet(SmallNets.Chain(folded));
        var result = Train(net, method, new SparsitySpec { Epochs = 2 });
        var index = new Core.Graphs.GraphIndex(result.Model.Graph);
        var layers = result.Model.Graph.Nodes.Where(node => node.OpType == (folded ? "Conv" : "BatchNormalization"));

        foreach (var (fading, layer) in net.Groups.Zip(layers))
        {
            var (scale, shift) = (index.Constant(layer.Inputs[1])!.ToSingles(), index.Constant(layer.Inputs[2])!.ToSingles());
            var width = scale.Length / shift.Length;
            for (var channel = 0; channel < shift.Length; channel++)
            {
                var masked = result.Strengths[fading.Group.Id][channel] == 0;
                Assert.Equal(masked, shift[channel] == 0 && scale.AsSpan(channel * width, width).IndexOfAnyExcept(0f) < 0);
            }
        }
    }

    [Theory]
    [InlineData(Method.Slimming, false)]
    [InlineData(Method.Slimming, true)]
    [InlineData(Method.Soft, true)]
    public void Same_job_same_bytes(Method method, bool folded)
    {
        var net = new FadingNet(SmallNets.Residual(folded));
        byte[] Bytes(FineTuneSpec tuning) => new OnnxWriter().Write(Train(net, method, new SparsitySpec(), tuning).Model);

        Assert.Equal(Bytes(Tuning), Bytes(Tuning));
        Assert.NotEqual(Bytes(Tuning), Bytes(Tuning with { Seed = 4 }));
    }

    [Fact]
    public void Progress_names_the_stage_and_cancellation_ends_it()
    {
        var steps = new List<StageProgress>();
        var net = new FadingNet(SmallNets.Chain());
        SparseTask Task(Method method) => new(method, new SparsitySpec(), Tuning, net.Groups, false, 0.5);
        Run(net, Task(Method.Slimming), new Worker.ProgressRecorder(steps), TestContext.Current.CancellationToken);
        Assert.Contains(steps, step => step is { Stage: "sparsify", Total: 8 });

        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Run(net, Task(Method.Soft), new Progress<StageProgress>(), source.Token));
    }

    // How unequal the channels are: half of them against the other half.
    private static double Spread(SparseResult result) => result.Strengths.Values.Average(group =>
    {
        var ordered = group.Order().ToArray();
        return ordered[(ordered.Length / 2)..].Sum() / Math.Max(1e-9, ordered[..(ordered.Length / 2)].Sum());
    });

    private static SparseResult Train(FadingNet net, Method method, SparsitySpec sparsity, FineTuneSpec? tuning = null, bool together = false)
    {
        var result = Run(net, new SparseTask(method, sparsity, tuning ?? Tuning, net.Groups, together, 0.5), new Progress<StageProgress>(), TestContext.Current.CancellationToken);
        Assert.True(result.Succeeded, string.Join('\n', result.Diagnostics));
        return result.Value;
    }

    private static Result<SparseResult> Run(
        FadingNet net, SparseTask task, IProgress<StageProgress> progress, CancellationToken cancellation)
    {
        using var samples = new SyntheticSamples(net.SampleShape, 4, 256);
        return new SparseTrainer(new GraphCompiler(KernelRegistry.Standard), TimeProvider.System).Run(
            new SparseJob(net.Model, net.Model, task, samples), progress, cancellation);
    }
}
