using System.Runtime.InteropServices;
using System.Text;
using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Testing;
using ModelSlim.Training.Runtime;
using ModelSlim.Training.Worker;

namespace ModelSlim.Pipeline.Tests;

/// <summary>Methods that decide in training, and targets that are reached in steps, from a request to a file.</summary>
public sealed class SparseSlimmingTests : IDisposable
{
    private const int Samples = 96;
    private readonly TemporaryFolder folder = new();

    public SparseSlimmingTests()
    {
        var host = HostPlatform.Detect();
        Assert.SkipWhen(host.LibTorchPackage is null || !NumericsClass.Of(host, Numerics.Portable).Succeeded, "Training does not run here.");
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(Method.Slimming, false)]
    [InlineData(Method.Slimming, true)]
    [InlineData(Method.Soft, false)]
    [InlineData(Method.Soft, true)]
    public async Task A_method_that_trains_reaches_the_target_and_gives_the_same_bytes_again(Method method, bool folded)
    {
        var recipe = Recipe() with { Method = method, Sparsity = new SparsitySpec() };
        var first = await Slim(recipe, folded);
        var second = await Slim(recipe, folded);

        var report = first.Report;
        Assert.True(report.After.Macs <= 0.5 * report.Before.Macs);
        Assert.Equal(["analyse", "lossless", "sparsify", "cut", "repair", "fine-tune", "measure"], report.Stages.Select(stage => stage.Name));
        Assert.All(report.Stages.Where(stage => stage.Name is "sparsify" or "cut" or "fine-tune"), stage => Assert.NotNull(stage.Metric));
        Assert.InRange(report.Verification!.MaxError!.Value, 0, 1e-4);
        Assert.Equal(first.Sha256, second.Sha256);
    }

    [Fact]
    public async Task What_soft_pruning_masked_is_cut_without_any_loss()
    {
        var report = (await Slim(Recipe() with { Method = Method.Soft, Sparsity = new SparsitySpec() }, folded: true)).Report;
        var metrics = report.Stages.ToDictionary(stage => stage.Name, stage => stage.Metric);

        Assert.Equal(metrics["sparsify"], metrics["cut"]);
    }

    [Fact]
    public async Task Steps_lead_to_the_target_and_the_last_one_is_reported()
    {
        var recipe = Recipe() with { Prune = new PruneSpec { Steps = 3 }, FineTune = null };
        var outcome = await Slim(recipe, folded: true);

        var report = outcome.Report;
        Assert.True(report.After.Macs <= 0.5 * report.Before.Macs);
        Assert.Equal(
            ["cut 1 of 3", "repair 1 of 3", "cut 2 of 3", "repair 2 of 3", "cut", "repair"],
            report.Stages.Select(stage => stage.Name).Where(name => name.StartsWith("cut", StringComparison.Ordinal) || name.StartsWith("repair", StringComparison.Ordinal)));
        Assert.NotNull(report.Stages.Single(stage => stage.Name == "repair").Metric);
        Assert.NotEqual(outcome.Sha256, (await Slim(recipe with { Prune = new PruneSpec() }, folded: true)).Sha256);
    }

    [Theory]
    [InlineData(Method.Slimming, 1)]
    [InlineData(Method.Channels, 2)]
    public async Task A_plan_does_not_go_with_a_method_that_decides_on_the_way(Method method, int steps)
    {
        new OnnxWriter().Save(SmallNets.Chain(), folder.File("net.onnx"));
        var result = await new ModelSlimServices(2).Pipeline.RunAsync(
            Request(Recipe() with { Method = method, Prune = new PruneSpec { Steps = steps } }) with { PlanPath = folder.Write("plan.json", "{}") },
            new Progress<StageProgress>(),
            TestContext.Current.CancellationToken);

        Assert.Equal("MSLIM5003", Assert.Single(result.Diagnostics).Code);
    }

    [Fact]
    public async Task Pictures_that_cannot_be_changed_so_are_said_before_anything_is_trained()
    {
        new OnnxWriter().Save(SmallNets.Chain(), folder.File("net.onnx"));
        var recipe = Recipe();
        recipe = recipe with { FineTune = recipe.FineTune! with { Augment = new AugmentSpec { Crop = 8 } } };
        var services = new ModelSlimServices(2);
        var pruned = await services.Pipeline.RunAsync(Request(recipe), new Progress<StageProgress>(), TestContext.Current.CancellationToken);
        var check = services.Check.Run(folder.File("net.onnx"), recipe, TestContext.Current.CancellationToken);

        Assert.Equal("MSLIM6105", Assert.Single(pruned.Diagnostics).Code);
        Assert.Equal("MSLIM6105", Assert.Single(check.Diagnostics).Code);
    }

    [Theory]
    [InlineData(Method.Unstructured, false, 1, Criterion.Auto)]
    [InlineData(Method.Unstructured, true, 1, Criterion.Auto)]
    [InlineData(Method.Unstructured, true, 3, Criterion.Auto)]
    [InlineData(Method.Unstructured, true, 1, Criterion.Wanda)]
    [InlineData(Method.SemiStructured, false, 1, Criterion.Lamp)]
    [InlineData(Method.SemiStructured, true, 1, Criterion.Auto)]
    public async Task Weights_that_became_zero_stay_zero_through_training(Method method, bool folded, int steps, Criterion criterion)
    {
        var recipe = Recipe() with
        {
            Method = method,
            Target = new TargetSpec { Sparsity = method == Method.Unstructured ? new SparsityTarget(0.8) : new SparsityTarget(2, 4) },
            Prune = new PruneSpec { Steps = steps, Criterion = criterion },
        };
        var outcome = await Slim(recipe, folded);
        var report = outcome.Report;
        var (before, after) = (Graph("net.onnx"), Graph("slim.onnx"));
        var wide = after.Initializers.Where(tensor => tensor.Value.Shape.Length > 1).ToDictionary(tensor => tensor.Key, tensor => tensor.Value.ToSingles());
        var (weights, zeros) = (wide.Values.Sum(values => (long)values.Length), wide.Values.Sum(values => (long)values.Count(value => value == 0)));

        Assert.Equal((weights, zeros), (report.Sparsity!.Weights, report.Sparsity.Zeros));
        Assert.All(wide.Values, values => Assert.DoesNotContain(values, IsSignedZero));
        Assert.InRange((double)zeros / weights, method == Method.Unstructured ? 0.79 : 0.4, method == Method.Unstructured ? 0.81 : 0.5);
        Assert.True(report.Sparsity.PackedAfter < (method == Method.Unstructured ? 0.5 : 0.8) * report.Sparsity.PackedBefore);
        Assert.Equal(report.Before.Macs, report.After.Macs);
        Assert.Equal(before.Nodes.Select(node => node.OpType), after.Nodes.Select(node => node.OpType));
        Assert.All(before.Initializers, tensor => Assert.Equal(tensor.Value.Shape, after.Initializers[tensor.Key].Shape));
        Assert.Equal(steps, report.Stages.Count(stage => stage.Name.StartsWith("fine-tune", StringComparison.Ordinal)));
        Assert.All(report.Stages.Where(stage => stage.Name is "mask" or "repair" or "fine-tune"), stage => Assert.NotNull(stage.Metric));
        Assert.Equal(["mask", "repair", "fine-tune", "measure"], report.Stages.Select(stage => stage.Name).TakeLast(4));
        Assert.Contains(
            wide, weight => before.Initializers[weight.Key].ToSingles().Zip(weight.Value).Any(pair => pair.Second != 0 && pair.First != pair.Second));
        if (steps == 1 && folded)
        {
            Assert.Equal(outcome.Sha256, (await Slim(recipe, folded)).Sha256);
        }
    }

    [Fact]
    public async Task Blocks_that_became_zero_stay_zero_through_training()
    {
        var recipe = Recipe() with
        {
            Method = Method.SemiStructured,
            Target = new TargetSpec { Sparsity = new SparsityTarget(0.5) { Outputs = 4 } },
            Prune = new PruneSpec { Steps = 2 },
        };
        var report = (await Slim(recipe, folded: true)).Report.Sparsity!;
        var after = Graph("slim.onnx");

        Assert.Equal("4x1", report.Pattern);
        Assert.NotEmpty(report.Dense);
        foreach (var (name, tensor) in after.Initializers.Where(tensor => tensor.Value.Shape.Length == 4 && !report.Dense.Contains(tensor.Key)))
        {
            var (values, stride) = (tensor.ToSingles(), tensor.ToSingles().Length / tensor.Shape[0]);
            Assert.All(Enumerable.Range(0, values.Length), i => Assert.Equal(values[i] == 0, values[(i / stride / 4 * 4 * stride) + (i % stride)] == 0));
        }
    }

    // What the file says without zeros is what it would say with them, to ONNX Runtime too.
    [Theory]
    [InlineData(SparseStorage.Auto, 8, true)]
    [InlineData(SparseStorage.Off, 8, false)]
    [InlineData(SparseStorage.Auto, 5, false)]
    public async Task Zeros_are_left_out_of_the_file_where_that_is_smaller(SparseStorage storage, long version, bool expected)
    {
        var model = SmallNets.Chain(folded: true);
        model.Source.IrVersion = version;
        new OnnxWriter().Save(model, folder.File("net.onnx"));
        var recipe = new Recipe
        {
            Method = Method.Unstructured,
            Target = new TargetSpec { Sparsity = new SparsityTarget(0.8) },
            Data = new DataSpec { Calibration = Arrays() },
            SparseStorage = storage,
        };
        var result = await new ModelSlimServices(2).Pipeline.RunAsync(Request(recipe), new Progress<StageProgress>(), TestContext.Current.CancellationToken);
        var report = result.Value!.Report;
        var written = new OnnxReader().Read(folder.File("slim.onnx")).Value!;
        var whole = new OnnxReader().Read(folder.File("net.onnx")).Value!.With(written.Graph);

        Assert.Equal(expected, report.Sparsity!.Sparse);
        Assert.Equal(expected, written.Source.Graph.SparseInitializer.Count > 0);
        Assert.Equal(new FileInfo(folder.File("slim.onnx")).Length, report.After.Bytes);
        Assert.True(!expected || report.After.Bytes < 0.6 * report.Before.Bytes);
        Assert.Equal(Outputs(whole), Outputs(written));
    }

    // Which is not left out of a file, and packs worse.
    private static bool IsSignedZero(float value) => value == 0 && float.IsNegative(value);

    private static float[] Outputs(OnnxModel model)
    {
        using var session = new SessionFactory().Open(model, new SessionSettings()).Value!;
        var values = Enumerable.Range(0, 3 * 8 * 8).Select(i => (i % 7) - 3f).ToArray();
        return session.Run([TensorData.From([1, 3, 8, 8], values)], TestContext.Current.CancellationToken).Value![0]!.ToSingles();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task A_target_can_be_left_to_training(int outputs)
    {
        var recipe = Recipe() with
        {
            Method = outputs == 1 ? Method.Unstructured : Method.SemiStructured,
            Target = new TargetSpec { Sparsity = new SparsityTarget(0.7) { Outputs = outputs } },
            Prune = new PruneSpec { Gradual = 0.5 },
            FineTune = Recipe().FineTune! with { Optimizer = new OptimizerSpec.Muon() },
        };
        var outcome = await Slim(recipe, folded: true);
        var report = outcome.Report.Sparsity!;
        var without = await Slim(recipe with { FineTune = null }, folded: true);

        Assert.InRange((double)report.Zeros / report.Weights, outputs == 1 ? 0.699 : 0.5, 0.701);
        Assert.All(Graph("slim.onnx").Initializers.Values.Where(tensor => tensor.IsFloatingPoint), tensor => Assert.DoesNotContain(tensor.ToSingles(), IsSignedZero));
        Assert.Equal(report.Zeros, without.Report.Sparsity!.Zeros, report.Weights / 100.0);
        Assert.Equal(outcome.Sha256, (await Slim(recipe, folded: true)).Sha256);
    }

    [Fact]
    public void A_plan_for_single_weights_cuts_nothing_and_says_where_they_do_not_fit()
    {
        new OnnxWriter().Save(SmallNets.Chain(), folder.File("net.onnx"));
        var recipe = new Recipe { Method = Method.SemiStructured, Target = new TargetSpec { Sparsity = new SparsityTarget(2, 4) } };
        var services = new ModelSlimServices(2);
        var plan = services.Planning.Run(folder.File("net.onnx"), recipe, new TorchSource(), TestContext.Current.CancellationToken);
        var none = services.Check.Run(
            folder.File("net.onnx"), recipe with { Target = new TargetSpec { Sparsity = new SparsityTarget(31, 61) } }, TestContext.Current.CancellationToken);

        Assert.Empty(plan.Value!.Plan.Cuts);
        Assert.Equal("MSLIM5001", Assert.Single(none.Diagnostics, said => said.Severity == Severity.Error).Code);
    }

    private Graph Graph(string name) => new OnnxReader().Read(folder.File(name)).Value!.Graph;

    [Theory]
    [InlineData(Criterion.Taylor)]
    [InlineData(Criterion.Fisher)]
    public async Task Gradients_score_channels_in_a_process_of_their_own(Criterion criterion)
    {
        var recipe = Recipe() with { Prune = new PruneSpec { Criterion = criterion }, FineTune = null };
        var report = (await Slim(recipe, folded: true)).Report;
        var plan = new ModelSlimServices(2).Planning.Run(
            folder.File("net.onnx"), recipe, new TorchSource(Offline: true), TestContext.Current.CancellationToken);
        var random = new ModelSlimServices(2).Planning.Run(
            folder.File("net.onnx"), recipe with { Prune = new PruneSpec { Criterion = Criterion.Magnitude } }, new TorchSource(), TestContext.Current.CancellationToken);

        Assert.True(report.After.Macs <= 0.5 * report.Before.Macs);
        Assert.Equal(report.After.Macs, plan.Value!.Plan.After.Macs);
        Assert.NotEqual(
            random.Value!.Plan.Cuts.Select(cut => string.Join(',', cut.Removed)), plan.Value.Plan.Cuts.Select(cut => string.Join(',', cut.Removed)));
    }

    [Fact]
    public async Task Taylor_without_labels_is_said_before_anything_is_done()
    {
        new OnnxWriter().Save(SmallNets.Chain(), folder.File("net.onnx"));
        var images = Arrays().Paths[0];
        var recipe = Recipe() with { Prune = new PruneSpec { Criterion = Criterion.Taylor } };
        recipe = recipe with { Data = recipe.Data with { Train = new DataSource(DataKind.Npz, [Archive(images)], null, new SourceSpan("prune.yaml", 3, 3)) } };
        var services = new ModelSlimServices(2);
        var pruned = await services.Pipeline.RunAsync(Request(recipe), new Progress<StageProgress>(), TestContext.Current.CancellationToken);
        var check = services.Check.Run(folder.File("net.onnx"), recipe, TestContext.Current.CancellationToken);

        Assert.Equal("MSLIM1205", Assert.Single(pruned.Diagnostics).Code);
        Assert.Equal("MSLIM1205", Assert.Single(check.Diagnostics).Code);
    }

    private string Archive(string npy)
    {
        var name = SmallNets.Chain().Graph.Inputs[0].Name;
        return folder.Write("x.npz", DataFiles.Npz(packed: false, (name, File.ReadAllBytes(npy))));
    }

    private Recipe Recipe() => new()
    {
        Target = new TargetSpec { Macs = 0.5 },
        Data = new DataSpec { Train = Arrays(), Eval = Arrays() },
        FineTune = new FineTuneSpec { Batch = 16, Distill = new DistillSpec(), Optimizer = new OptimizerSpec.Sgd { LearningRate = 0.02 } },
    };

    private async Task<SlimOutcome> Slim(Recipe recipe, bool folded)
    {
        new OnnxWriter().Save(SmallNets.Chain(folded), folder.File("net.onnx"));
        var result = await new ModelSlimServices(2).Pipeline.RunAsync(Request(recipe), new Progress<StageProgress>(), TestContext.Current.CancellationToken);
        Assert.True(result.Succeeded, string.Join('\n', result.Diagnostics));
        return result.Value;
    }

    private SlimRequest Request(Recipe recipe) => new()
    {
        ModelPath = folder.File("net.onnx"),
        Recipe = recipe,
        OutputPath = folder.File("slim.onnx"),
        Offline = true,
    };

    private DataSource Arrays()
    {
        var random = new SplitMix(5, "pictures");
        var pixels = Enumerable.Range(0, Samples * 3 * 8 * 8).Select(_ => (2 * random.NextSingle()) - 1).ToArray();
        var labels = Enumerable.Range(0, Samples).Select(_ => random.NextInt(10)).ToArray();
        return new DataSource(
            DataKind.Npy,
            [Npy("x.npy", "<f4", $"{Samples}, 3, 8, 8", MemoryMarshal.AsBytes<float>(pixels)), Npy("y.npy", "<i4", $"{Samples},", MemoryMarshal.AsBytes<int>(labels))],
            null,
            new SourceSpan("prune.yaml", 3, 3));
    }

    private string Npy(string name, string type, string shape, ReadOnlySpan<byte> values)
    {
        var header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({shape}), }}";
        header = header.PadRight(128 - 10 - 1) + "\n";
        var path = folder.File(name);
        File.WriteAllBytes(path, [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. values]);
        return path;
    }
}
