using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Masking;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Masking;
using ModelSlim.Evaluation.Repair;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Evaluation.Tests.Oracles;
using ModelSlim.Evaluation.Tests.Repair;
using ModelSlim.Testing;

namespace ModelSlim.Evaluation.Tests.Masking;

/// <summary>Weights that become zero by what they multiply on samples.</summary>
public sealed class SampleMaskerTests
{
    public static TheoryData<string, bool, string> Nets =>
        new(SmallNets.Kinds.SelectMany(kind => new[] { (kind, false, "60%"), (kind, true, "60%"), (kind, true, "2:4"), (kind, true, "60% in 2x1") }));

    [Theory]
    [MemberData(nameof(Nets))]
    public void The_weights_that_stay_make_up_for_those_that_go(string kind, bool folded, string sparsity)
    {
        var model = SmallNets.Make(kind, folded);
        SparsityTarget[] targets = [new(0.6), new(2, 4), new(0.6) { Outputs = 2 }];
        var target = targets.Single(target => target.ToString() == sparsity);
        var task = Task(model, target, Criterion.Reconstruction);

        var masked = Masked(task, 2);
        var plain = new WeightMasker().Mask(model.Graph, task.Weights, target, new PruneSpec(), 1).Value!;

        var count = new SparsityCount();
        Assert.Null(count.Fault(masked, masked.Graph));
        Assert.Equal(count.Of(plain, plain.Graph).Weights, count.Of(masked, masked.Graph).Weights);
        Assert.InRange(count.Of(masked, masked.Graph).Zeros - count.Of(plain, plain.Graph).Zeros, 0, target.IsPattern ? long.MaxValue : 0);
        Assert.Equal(plain.Dense, masked.Dense);
        Assert.True(Difference(model, masked, task) < 0.7 * Difference(model, plain, task));
        Assert.Equal(
            new OnnxWriter().Digest(model.With(masked.Graph)), new OnnxWriter().Digest(model.With(Masked(task, 1).Graph)));
    }

    // The weights of the second layer multiply channels that are larger the smaller the weights are.
    [Theory]
    [InlineData(Criterion.Wanda)]
    [InlineData(Criterion.Reconstruction)]
    public void What_a_weight_multiplies_decides_with_it(Criterion criterion)
    {
        var builder = new ModelBuilder();
        var x = builder.Input("x", 1, 4, 8, 8);
        var made = builder.Conv(x, builder.Initializer("made", TensorData.From([4, 4, 1, 1], Diagonal(1, 10, 100, 1000))), "");
        builder.Output(builder.Conv(made, builder.Initializer("read", TensorData.From([1, 4, 1, 1], [8f, 4, 2, 1])), ""));
        var model = builder.Build();
        var task = Task(model, new SparsityTarget(0.5), criterion) with { Prune = new PruneSpec { Criterion = criterion, Scope = Scope.Local } };
        task = task with { Weights = [.. task.Weights.Where(weight => weight.Name == "read")] };

        Assert.Equal([true, true, false, false], Masked(task, 1).Graph.Initializers["read"].ToSingles().Select(value => value == 0));
    }

    [Fact]
    public void Weights_that_several_layers_share_are_masked_and_keep_their_numbers()
    {
        var builder = new ModelBuilder();
        var weight = builder.Initializer("w", [4, 4, 3, 3], -1, 1);
        builder.Output(builder.Conv(builder.Relu(builder.Conv(builder.Input("x", 1, 4, 8, 8), weight, "")), weight, ""));
        var model = builder.Build();
        var made = Masker(2).Mask(Task(model, new SparsityTarget(0.5), Criterion.Reconstruction), null, TestContext.Current.CancellationToken);
        var masked = made.Value!.Graph.Initializers["w"].ToSingles();

        Assert.Contains("'w' are scored by their size alone", Assert.Single(made.Diagnostics).Message, StringComparison.Ordinal);
        Assert.Equal(masked.Length / 2, masked.Count(value => value == 0));
        Assert.All(masked.Zip(model.Graph.Initializers["w"].ToSingles()), pair => Assert.True(pair.First == 0 || pair.First == pair.Second));
    }

    [Fact]
    public void What_was_zero_before_stays_zero_and_counts()
    {
        var model = SmallNets.Chain(folded: true);
        var first = Masked(Task(model, new SparsityTarget(0.5), Criterion.Reconstruction), 2);
        var second = Masked(Task(model.With(first.Graph), new SparsityTarget(0.7), Criterion.Reconstruction), 2);
        var (weights, zeros) = new SparsityCount().Of(second, second.Graph);

        Assert.Equal((long)Math.Round(0.7 * weights), zeros);
        Assert.Null(new SparsityCount().Fault(first, second.Graph));
    }

    [Fact]
    public void What_was_zero_before_stays_zero_where_a_pattern_leaves_room_for_more()
    {
        var model = SmallNets.Chain(folded: true);
        var first = Masked(Task(model, new SparsityTarget(0.8), Criterion.Reconstruction), 2);
        var second = Masked(Task(model.With(first.Graph), new SparsityTarget(2, 4), Criterion.Reconstruction), 2);

        Assert.Null(new SparsityCount().Fault(first, second.Graph));
        Assert.Null(new SparsityCount().Fault(second, second.Graph));
    }

    [Fact]
    public void Too_few_samples_are_said_so()
    {
        var task = Task(SmallNets.Chain(), new SparsityTarget(0.5), Criterion.Wanda);
        var few = Masker(1).Mask(task with { Calibration = RepairCase.Noise(task.Model, 7) }, null, TestContext.Current.CancellationToken);

        Assert.Equal(DiagnosticCodes.ScoredByMagnitude, Assert.Single(few.Diagnostics).Descriptor);
    }

    private static float[] Diagonal(params float[] values) =>
        [.. values.SelectMany((value, i) => Enumerable.Range(0, values.Length).Select(j => i == j ? value : 0))];

    private static SampleMasker Masker(int threads) => new(new SessionFactory(), new RepairSettings { Threads = threads, Samples = 64 });

    private static MaskedGraph Masked(MaskingTask task, int threads)
    {
        var masked = Masker(threads).Mask(task, null, TestContext.Current.CancellationToken);
        Assert.True(masked.Succeeded, string.Join('\n', masked.Diagnostics));
        return masked.Value;
    }

    private static MaskingTask Task(OnnxModel model, SparsityTarget target, Criterion criterion)
    {
        var traced = new TracedModel(model);
        return new MaskingTask
        {
            Model = model,
            Trace = traced.Trace,
            Weights = new MaskableWeights(OperatorCatalog.Standard).Find(traced.Index, traced.Trace, ImmutableHashSet<string>.Empty),
            Target = target,
            Prune = new PruneSpec { Criterion = criterion },
            Calibration = RepairCase.Noise(model, 64),
        };
    }

    private static double Difference(OnnxModel model, MaskedGraph masked, MaskingTask task) =>
        RepairCase.Difference(model, model.With(masked.Graph), task.Calibration);
}
