using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Precision;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Reports;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Testing;

namespace ModelSlim.Pipeline.Tests;

/// <summary>Several methods one after the other, and weights in fewer bits, from a request to a file.</summary>
public sealed class MethodListTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ModelSlimServices services = new(2);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Channels_go_then_weights_then_samples_leave_early_and_all_of_it_is_reported()
    {
        var recipe = Recipe() with
        {
            Method = Method.Channels,
            Then = [Method.Unstructured, Method.Dynamic],
            Target = new TargetSpec { Macs = 0.7, Sparsity = new SparsityTarget(0.6), Latency = new TargetLimit(0.99, true) },
            Precision = WeightPrecision.Half,
        };
        var outcome = (await Slim(recipe)).Value;
        Assert.NotNull(outcome);
        var report = outcome.Report;
        var slim = new OnnxReader().Read(folder.File("slim.onnx")).Value!.Graph;

        Assert.Equal(
            [
                "analyse", "lossless", "score (channels)", "cut (channels)", "repair (channels)", "mask (unstructured)", "repair (unstructured)",
                "exit (dynamic)", "fp16", "measure",
            ],
            report.Stages.Select(stage => stage.Name));
        Assert.All(
            report.Stages.Where(stage => stage.Name is not ("analyse" or "lossless" or "score (channels)" or "measure")), stage => Assert.NotNull(stage.Metric));
        Assert.True(report.After.Macs < 0.7 * report.Before.Macs);
        Assert.InRange((double)report.Sparsity!.Zeros / report.Sparsity.Weights, 0.59, 0.62);
        Assert.InRange(report.EarlyExit!.ExpectedRate!.Value, 0.2, 1);
        Assert.InRange(report.Verification!.MaxError!.Value, 0, 1e-4);
        Assert.Equal(new FileInfo(folder.File("slim.onnx")).Length, report.After.Bytes);
        Assert.True(report.After.Bytes < 0.5 * report.Before.Bytes);
        var branch = slim.Nodes.Single(node => node.OpType == "If").Subgraphs.MaxBy(inner => inner.Nodes.Length)!;
        Assert.Contains(branch.Initializers, stored => stored.Value.Type == ElementType.Float16 && stored.Value.ToSingles().Count(value => value == 0) > stored.Value.Length / 3);

        var again = await Slim(recipe);
        Assert.Equal((CacheUse.Hit, outcome.Sha256), (again.Value!.Report.Cache, again.Value.Sha256));

        // The exit's head has no zeros, and was not to have any, whatever it is called.
        var renaming = new Renaming(slim.Nodes.SelectMany(node => node.Inputs.Concat(node.Outputs)).Where(name => name.Contains("early_exit", StringComparison.Ordinal))
            .Distinct().ToDictionary(name => name, name => name.Replace("early_exit", "other", StringComparison.Ordinal)));
        var written = new OnnxReader().Read(folder.File("slim.onnx")).Value!;
        new OnnxWriter().Save(
            written.With(slim with
            {
                Nodes = [.. slim.Nodes.Select(renaming.Of)],
                Initializers = slim.Initializers.ToImmutableDictionary(entry => renaming.Of(entry.Key), entry => entry.Value, StringComparer.Ordinal),
            }),
            folder.File("renamed.onnx"));
        foreach (var name in new[] { "slim.onnx", "renamed.onnx" })
        {
            var verified = services.Verification.Run(folder.File("net.onnx"), folder.File(name), recipe, new Progress<StageProgress>(), TestContext.Current.CancellationToken);
            Assert.Equal((report.Sparsity.Weights, report.Sparsity.Zeros, report.Sparsity.Sparse), (verified.Value!.Sparsity!.Weights, verified.Value.Sparsity.Zeros, verified.Value.Sparsity.Sparse));
            Assert.Null(verified.Value.Sparsity.WithIgnored);
        }
    }

    [Fact]
    public async Task The_drop_that_is_allowed_is_that_of_all_methods_together()
    {
        var recipe = Recipe() with
        {
            Method = Method.Channels,
            Then = [Method.Dynamic],
            Target = new TargetSpec { Macs = 0.2, Latency = new TargetLimit(0.99, true) },
            Repair = RepairMode.Off,
            Accept = new AcceptSpec { Metric = Metric.Agreement, MinSpeedup = 0.01, MaxDrop = 0.02, OnFail = OnFail.WarnAndKeepOriginal },
        };
        var kept = await Slim(recipe);

        // Without repair, the cut alone loses more than that.
        Assert.Equal("MSLIM7012", Assert.Single(kept.Diagnostics).Code);
        Assert.True(kept.Value!.Report.KeptOriginal);
        Assert.Matches(
            @"can surely keep agreement within 2 points, of which methods before it took [\d.]+, and save work", kept.Value.Report.EarlyExit!.Refusal);
    }

    [Fact]
    public async Task An_exit_that_does_not_pay_is_left_out_where_the_model_is_fast_enough()
    {
        var recipe = Recipe() with
        {
            Method = Method.Channels,
            Then = [Method.Dynamic],
            Target = new TargetSpec { Macs = 0.5, Latency = new TargetLimit(1, true) },
            Data = new DataSpec { Calibration = Pictures("train.npy", 2400, 1) with { Limit = 160 } },
        };
        var left = await Slim(recipe);

        Assert.True(left.Succeeded, string.Join('\n', left.Diagnostics));
        Assert.NotNull(left.Value.Report.EarlyExit!.Refusal);
        Assert.False(left.Value.Report.KeptOriginal);
        // All that was asked for is met, and what pays hangs on the machine: a build that takes warnings for errors goes on.
        Assert.Equal(("MSLIM5009", Severity.Note, 1), Assert.Single(left.Diagnostics.Select(said => (said.Code, said.Severity, said.Location!.Line))));
        Assert.True(left.Value.Report.After.Macs <= 0.5 * left.Value.Report.Before.Macs);
    }

    [Theory]
    [InlineData(Method.Channels)]
    [InlineData(Method.Unstructured)]
    public async Task Weights_in_16_bits_halve_the_file_and_say_what_they_said(Method method)
    {
        var recipe = Recipe() with
        {
            Method = method,
            Target = method == Method.Channels ? new TargetSpec { Macs = 0.6 } : new TargetSpec { Sparsity = new SparsityTarget(0.5) },
            SparseStorage = SparseStorage.Off,
        };
        var full = (await Slim(recipe)).Value!;
        var expected = Outputs();
        var half = (await Slim(recipe with { Precision = WeightPrecision.Half })).Value!;

        Assert.InRange((double)half.Report.After.Bytes / full.Report.After.Bytes, 0.4, 0.65);
        Assert.Equal(full.Report.After.Params, half.Report.After.Params);
        Assert.Equal("fp16", half.Report.Stages.Last(stage => stage.Metric is not null).Name);
        Assert.NotEqual(full.Report.Fingerprint, half.Report.Fingerprint);
        var largest = expected.Max(Math.Abs);
        Assert.All(expected.Zip(Outputs()), pair => Assert.InRange(Math.Abs(pair.First - pair.Second) / largest, 0, 1e-2));
    }

    [Fact]
    public async Task A_model_that_came_with_weights_in_16_bits_is_repaired_and_leaves_with_them()
    {
        var recipe = Recipe() with { Target = new TargetSpec { Macs = 0.6 } };
        var full = (await Slim(recipe)).Value!.Report;
        var half = (await Slim(recipe, HalfWeights.Of(ExitNets.Late(channels: 64)))).Value!.Report;

        Assert.InRange((double)half.After.Bytes / full.After.Bytes, 0.4, 0.65);
        Assert.Equal(full.After.Macs, half.After.Macs);
        Assert.Equal(new FileInfo(folder.File("net.onnx")).Length, half.Before.Bytes);
        Assert.InRange(half.After.Metric!.Value, full.After.Metric!.Value - 0.05, 1);
        Assert.Contains(half.Stages, stage => stage.Name == "repair");
    }

    [Fact]
    public async Task A_size_counts_only_the_weights_that_come_in_16_bits_as_such()
    {
        var model = ExitNets.Late(channels: 64);
        var half = HalfWeights.Of(model);
        var one = HalfWeights.StoredIn(half.Graph).OrderBy(stored => stored.Key, StringComparer.Ordinal).First().Key;
        var mixed = HalfWeights.Of(model, HalfWeights.StoredIn(half.Graph).Where(stored => stored.Key == one).ToDictionary(), all: false);
        var report = (await Slim(Recipe() with { Target = new TargetSpec { Size = new TargetLimit(0.6, true) } }, mixed)).Value!.Report;

        Assert.InRange((double)report.After.Bytes / report.Before.Bytes, 0.4, 0.6);
        Assert.Equal(new FileInfo(folder.File("slim.onnx")).Length, report.After.Bytes);
    }

    [Fact]
    public async Task A_size_is_that_of_the_file_with_weights_in_16_bits()
    {
        var recipe = Recipe() with
        {
            Method = Method.Channels,
            Target = new TargetSpec { Size = new TargetLimit(0.4, true) },
            Precision = WeightPrecision.Half,
        };
        var planned = services.Planning.Run(Write(ExitNets.Late(channels: 64)), recipe, new Training.Worker.TorchSource(), TestContext.Current.CancellationToken);
        var report = (await Slim(recipe)).Value!.Report;

        Assert.InRange((double)report.After.Bytes / report.Before.Bytes, 0.3, 0.4);
        Assert.Equal(report.After.Bytes, planned.Value!.Report.After.Bytes);
        Assert.True(report.After.Params > 0.5 * report.Before.Params);
    }

    // What two layers make that differ by less than 16 bits tell apart.
    [Fact]
    public async Task Weights_that_16_bits_do_not_hold_are_refused_before_anything_is_scored_or_cut()
    {
        var net = new ModelBuilder();
        var x = net.Relu(net.Conv(net.Input("x", 1, 3, 16, 16), 24, kernel: 3, pad: 1));
        x = net.Relu(net.Conv(x, 16, kernel: 3, pad: 1));
        var weights = net.Random("near", [8, 16, 1, 1], -0.3f, 0.3f);
        var (one, other) = (net.Initializer("one", TensorData.From([8, 16, 1, 1], weights)), net.Initializer("other", TensorData.From([8, 16, 1, 1], Array.ConvertAll(weights, weight => weight + 2e-5f))));
        net.Output(net.Node("Sub", [net.Node("Conv", [x, one], [1, 8, 16, 16]), net.Node("Conv", [x, other], [1, 8, 16, 16])], [1, 8, 16, 16]));
        var place = new SourceSpan("prune.yaml", 2, 1);
        var recipe = Recipe() with { Method = Method.Channels, Target = new TargetSpec { Macs = 0.6, Location = place }, Precision = WeightPrecision.Half, Data = new DataSpec() };
        var stages = new List<string>();

        var refused = await Slim(recipe, net.Build(), new Listener(stages));
        var planned = services.Planning.Run(folder.File("net.onnx"), recipe, new Training.Worker.TorchSource(), TestContext.Current.CancellationToken);

        Assert.All([refused.Diagnostics, planned.Diagnostics], said => Assert.Equal((DiagnosticCodes.CutUnproven, place), Assert.Single(said.Select(one => (one.Descriptor, one.Location)))));
        Assert.Contains("outputs of the original itself differ by ", refused.Diagnostics[0].Message, StringComparison.Ordinal);
        Assert.Contains("analyse", stages);
        Assert.DoesNotContain(stages, stage => stage is "score" or "cut" or "repair");
        Assert.True((await Slim(recipe with { Precision = WeightPrecision.Original }, net.Build())).Succeeded);
    }

    private float[] Outputs()
    {
        using var session = new SessionFactory().Open(new OnnxReader().Read(folder.File("slim.onnx")).Value!, new SessionSettings()).Value!;
        return session.Run([TensorData.From([1, 3, 16, 16], ExitNets.Pictures(1, 5))], TestContext.Current.CancellationToken).Value![0]!.ToSingles();
    }

    private Recipe Recipe() => new()
    {
        MethodLocation = new SourceSpan("prune.yaml", 1, 1),
        Target = new TargetSpec(),
        Data = new DataSpec { Calibration = Pictures("train.npy", 2400, 1), Eval = Pictures("eval.npy", 400, 2) },
        // How fast they are is not what these tests are about.
        Accept = new AcceptSpec { Metric = Metric.Agreement, MinSpeedup = 0.01 },
    };

    private DataSource Pictures(string name, int count, long seed)
    {
        if (!File.Exists(folder.File(name)))
        {
            folder.Write(name, DataFiles.Npy("<f4", $"{count}, 3, 16, 16", MemoryMarshal.AsBytes<float>(ExitNets.Pictures(count, seed)).ToArray()));
        }

        return new DataSource(DataKind.Npy, [folder.File(name)], null, new SourceSpan("prune.yaml", 3, 3));
    }

    private string Write(OnnxModel model)
    {
        new OnnxWriter().Save(model, folder.File("net.onnx"));
        return folder.File("net.onnx");
    }

    private Task<Result<SlimOutcome>> Slim(Recipe recipe, OnnxModel? model = null, IProgress<StageProgress>? progress = null) => services.Pipeline.RunAsync(
        new SlimRequest
        {
            ModelPath = Write(model ?? ExitNets.Late(channels: 64)),
            Recipe = recipe,
            OutputPath = folder.File("slim.onnx"),
            CacheDirectory = folder.File("store"),
            Offline = true,
        },
        progress ?? new Progress<StageProgress>(),
        TestContext.Current.CancellationToken);

    private sealed class Listener(List<string> stages) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) => stages.Add(value.Stage);
    }
}
