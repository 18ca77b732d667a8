using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Exits;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Testing;
using ModelSlim.Training.Runtime;

namespace ModelSlim.Pipeline.Tests;

/// <summary>Weights that layers read through other nodes, or that branches store, from a request to a file.</summary>
public sealed class MovedWeightsTests : IDisposable
{
    private const int Samples = 96;
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("60%", Criterion.Auto, 0)]
    [InlineData("60%", Criterion.Magnitude, 0.5)]
    [InlineData("60%", Criterion.Auto, 0.5, true)]
    [InlineData("2:4", Criterion.Auto, 0)]
    [InlineData("2:4", Criterion.Auto, 0, true)]
    public async Task Weights_behind_other_nodes_become_zero_and_stay_so(string sparsity, Criterion criterion, double gradual, bool half = false)
    {
        var report = (await Slim(Turned(SmallNets.Chain(), half), sparsity, criterion, gradual)).Sparsity!;
        var graph = new OnnxReader().Read(folder.File("slim.onnx")).Value!.Graph;
        var turned = graph.Initializers.Where(entry => entry.Key.EndsWith("/turned", StringComparison.Ordinal)).Select(entry => entry.Value).ToArray();
        Assert.All(turned, tensor => Assert.Equal(half ? ElementType.Float16 : ElementType.Float, tensor.Type));

        Assert.True(turned.Length > 1);
        Assert.All(turned.Where(tensor => sparsity != "2:4" || tensor.Shape[0] % 4 == 0), tensor => Assert.Contains(0f, tensor.ToSingles()));
        Assert.Equal(graph.Initializers.Values.Where(tensor => tensor.Shape.Length > 1).Sum(tensor => (long)tensor.Length), report.Weights);
        if (sparsity != "2:4")
        {
            Assert.Equal(0.6, (double)report.Zeros / report.Weights, 2);
            return;
        }

        // Stored with inputs first, so that blocks lie along the first axis.
        foreach (var tensor in turned.Where(tensor => tensor.Shape[0] % 4 == 0))
        {
            var (values, stride) = (tensor.ToSingles(), tensor.Length / tensor.Shape[0]);
            Assert.All(Enumerable.Range(0, (int)(tensor.Shape[0] / 4 * stride)), lane => Assert.True(
                Enumerable.Range(0, 4).Count(i => values[(((lane / stride * 4) + i) * stride) + (lane % stride)] != 0) <= 2));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    public async Task Weights_in_branches_become_zero_and_stay_so(double gradual)
    {
        var all = await Slim(Exited(ExitNets.Late(channels: 16)), "60%", Criterion.Magnitude, gradual);
        var report = all.Sparsity!;
        Assert.True(all.Before.Params > report.Weights);
        Assert.Equal((all.Before.Params, all.Before.Macs), (all.After.Params, all.After.Macs));
        var graph = new OnnxReader().Read(folder.File("slim.onnx")).Value!.Graph;
        var stored = graph.Nodes.SelectMany(node => node.Subgraphs).SelectMany(branch => branch.Initializers.Values)
            .Concat(graph.Initializers.Values).Where(tensor => tensor.Shape.Length > 1).Select(tensor => tensor.ToSingles()).ToArray();

        Assert.Equal((stored.Sum(values => (long)values.Length), stored.Sum(values => values.LongCount(value => value == 0))), (report.Weights, report.Zeros));
        Assert.Equal(0.6, (double)report.Zeros / report.Weights, 2);
    }

    // As Paddle writes them.
    [Theory]
    [InlineData("60%", 0)]
    [InlineData("60%", 0.5)]
    [InlineData("2:4", 0)]
    public async Task Weights_in_Constant_nodes_become_zero_and_stay_so(string sparsity, double gradual)
    {
        var model = SmallNets.Chain();
        var weights = model.Graph.Initializers.Where(entry => entry.Value.Shape.Length > 1).OrderBy(entry => entry.Key, StringComparer.Ordinal).ToArray();
        var told = weights.Select(entry => new Node { OpType = "Constant", Inputs = [], Outputs = [entry.Key] }.With("value", new AttributeValue.Tensor(entry.Value)));
        var report = (await Slim(
            model.With(model.Graph with { Initializers = model.Graph.Initializers.RemoveRange(weights.Select(entry => entry.Key)), Nodes = [.. told, .. model.Graph.Nodes] }),
            sparsity,
            Criterion.Auto,
            gradual)).Sparsity!;
        var written = new GraphIndex(new OnnxReader().Read(folder.File("slim.onnx")).Value!.Graph).Constants
            .Where(entry => entry.Value.Shape.Length > 1).Select(entry => entry.Value.ToSingles()).ToArray();

        Assert.Equal((weights.Sum(entry => (long)entry.Value.Length), written.Sum(values => values.LongCount(value => value == 0))), (report.Weights, report.Zeros));
        Assert.True(report.Zeros > 0.4 * report.Weights);
    }

    [Theory]
    [InlineData("60%")]
    [InlineData("2:4")]
    public async Task What_branches_store_under_one_name_or_as_constants_becomes_zero(string sparsity)
    {
        var model = Branched(choices: 7);
        var report = (await Slim(model, sparsity, Criterion.Magnitude, 0)).Sparsity!;
        var graph = new OnnxReader().Read(folder.File("slim.onnx")).Value!.Graph;
        var stored = StoredTensors.Out(graph).Initializers.Values.Where(tensor => tensor.Shape.Length > 1).Select(tensor => tensor.ToSingles()).ToArray();

        Assert.Equal(1 + (2 * 7), stored.Length);
        Assert.Equal((stored.Sum(values => (long)values.Length), stored.Sum(values => values.LongCount(value => value == 0))), (report.Weights, report.Zeros));
        Assert.Equal(sparsity == "2:4" ? 0.5 : 0.6, (double)report.Zeros / report.Weights, 2);
        Assert.All(stored, values => Assert.Contains(0f, values));
    }

    // One choice after another: the one branch stores its weight under the name that all have, the other has a Constant.
    private static OnnxModel Branched(int choices)
    {
        var builder = new ModelBuilder();
        var value = builder.Relu(builder.Gemm(builder.Input("x", 1, 16), 16));
        var random = new SplitMix(3, "branched");
        TensorData Weight() => TensorData.From([16, 16], [.. Enumerable.Range(0, 256).Select(_ => random.NextSingle() - 0.5f)]);
        Graph Branch(ImmutableArray<Node> nodes, ImmutableDictionary<string, TensorData> stored) => new()
        {
            Name = "branch",
            Inputs = [],
            Outputs = [new GraphValue(nodes[^1].Outputs[0], ElementType.Float, default)],
            Nodes = nodes,
            Initializers = stored,
            Opsets = ImmutableSortedDictionary<string, int>.Empty.Add("", 17),
        };
        for (var choice = 0; choice < choices; choice++)
        {
            var sum = builder.Node("ReduceSum", [value, builder.Initializer($"axes{choice}", TensorData.From([2], [0L, 1]))], [], ("keepdims", new AttributeValue.Int(0)));
            var asked = builder.Node("Greater", [sum, builder.Initializer($"bound{choice}", TensorData.From([], [0.1f * choice]))], []);
            var then = Branch(
                [new Node { OpType = "MatMul", Inputs = [value, "w"], Outputs = ["r"] }], ImmutableDictionary<string, TensorData>.Empty.Add("w", Weight()));
            var other = Branch(
                [
                    new Node { OpType = "Constant", Inputs = [], Outputs = ["w"] }.With("value", new AttributeValue.Tensor(Weight())),
                    new Node { OpType = "MatMul", Inputs = [value, "w"], Outputs = ["r"] },
                ],
                ImmutableDictionary<string, TensorData>.Empty);
            value = builder.Node("If", [asked], [1, 16], ("then_branch", new AttributeValue.Subgraph(then)), ("else_branch", new AttributeValue.Subgraph(other)));
        }

        builder.Output(value);
        return builder.Build();
    }

    // Each convolution reads a weight that is stored with its first two axes exchanged; or so in 16 bits, behind two nodes more.
    private static OnnxModel Turned(OnnxModel model, bool half)
    {
        static IEnumerable<Node> Way(string name, bool half) =>
        [
            .. half
                ?
                [
                    new Node { Name = name + "/copy", OpType = "Identity", Inputs = [name + "/turned"], Outputs = [name + "/copied"] },
                    new Node { Name = name + "/cast", OpType = "Cast", Inputs = [name + "/copied"], Outputs = [name + "/wide"] }
                        .With("to", new AttributeValue.Int((int)ElementType.Float)),
                ]
                : Array.Empty<Node>(),
            new Node { Name = name + "/turn", OpType = "Transpose", Inputs = [name + (half ? "/wide" : "/turned")], Outputs = [name] }
                .With("perm", new AttributeValue.Ints([1, 0, 2, 3])),
        ];

        var graph = model.Graph;
        var names = graph.Nodes.Where(node => node.OpType == "Conv").Select(node => node.Inputs[1]).ToArray();
        return model.With(graph with
        {
            Initializers = graph.Initializers.RemoveRange(names).AddRange(names.Select(name => KeyValuePair.Create(name + "/turned", Turned(graph.Initializers[name], half)))),
            Nodes =
            [
                .. names.SelectMany(name => Way(name, half)),
                .. graph.Nodes,
            ],
        });
    }

    private static TensorData Turned(TensorData tensor, bool half)
    {
        var (shape, values) = (tensor.Shape, tensor.ToSingles());
        var size = shape[2] * shape[3];
        var turned = new float[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var (output, input) = (i / size / shape[1], i / size % shape[1]);
            turned[(((input * shape[0]) + output) * size) + (i % size)] = values[i];
        }

        return TensorData.From(half ? ElementType.Float16 : ElementType.Float, [shape[1], shape[0], shape[2], shape[3]], turned);
    }

    private static OnnxModel Exited(OnnxModel model)
    {
        var analysis = new AnalysisStage(new SessionFactory(), OperatorCatalog.Standard)
            .Run(model, new Recipe { Target = new TargetSpec() }, TestContext.Current.CancellationToken).Value!;
        var place = new ExitPlaces(OperatorCatalog.Standard).Find(analysis.Index, analysis.Trace)[0];
        int[] shape = [6, place.Window.Features];
        var head = new ExitHead(
            TensorData.From([.. shape], [.. Enumerable.Range(1, shape[0] * shape[1]).Select(number => 0.01f * number)]), TensorData.From([6], new float[6]));
        return analysis.Model.With(EarlyExitGraph.Of(analysis.Index, new EarlyExit(place, head, 0.5f, ScoreKind.Logits)));
    }

    private async Task<Core.Reports.SlimReport> Slim(OnnxModel model, string sparsity, Criterion criterion, double gradual)
    {
        var host = HostPlatform.Detect();
        Assert.SkipWhen(host.LibTorchPackage is null || !NumericsClass.Of(host, Numerics.Portable).Succeeded, "Training does not run here.");
        new OnnxWriter().Save(model, folder.File("net.onnx"));
        var shape = model.Graph.Inputs[0].Shape.Skip(1).Select(axis => axis.Extent!.Value).ToArray();
        var random = new SplitMix(5, "pictures");
        var pixels = Enumerable.Range(0, Samples * shape.Aggregate(1, (all, extent) => all * extent)).Select(_ => (2 * random.NextSingle()) - 1).ToArray();
        folder.Write("x.npy", DataFiles.Npy("<f4", $"{Samples}, {string.Join(", ", shape)}", MemoryMarshal.AsBytes<float>(pixels).ToArray()));
        var data = new DataSource(DataKind.Npy, [folder.File("x.npy")], null, new SourceSpan("prune.yaml", 3, 3));
        var result = await new ModelSlimServices(2).Pipeline.RunAsync(
            new SlimRequest
            {
                ModelPath = folder.File("net.onnx"),
                Recipe = new Recipe
                {
                    Method = sparsity == "2:4" ? Method.SemiStructured : Method.Unstructured,
                    Target = new TargetSpec { Sparsity = sparsity == "2:4" ? new SparsityTarget(2, 4) : new SparsityTarget(0.6) },
                    Prune = new PruneSpec { Criterion = criterion, Gradual = gradual },
                    Data = new DataSpec { Train = data, Eval = data },
                    FineTune = new FineTuneSpec { Batch = 16, Distill = new DistillSpec(), Optimizer = new OptimizerSpec.Sgd { LearningRate = 0.02 } },
                    Accept = new AcceptSpec { Metric = Metric.Agreement, MinSpeedup = 0.01 },
                },
                OutputPath = folder.File("slim.onnx"),
                Offline = true,
            },
            new Progress<StageProgress>(),
            TestContext.Current.CancellationToken);
        Assert.True(result.Succeeded, string.Join('\n', result.Diagnostics));
        return result.Value.Report;
    }
}
