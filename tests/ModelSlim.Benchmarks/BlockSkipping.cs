using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Metrics;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Pipeline;

namespace ModelSlim.Benchmarks;

/// <summary>
/// What skipping a residual block at run time could save (SkipNet, Wang et al. 2018), at the very best: an ONNX If around the block, a gate
/// as small as a gate can be, and an oracle that knows for each sample whether the answer stays the same.
/// </summary>
internal sealed class BlockSkipping
{
    private const int Header = 16;
    private const int Samples = 2000;
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(6);
    private readonly SessionFactory sessions = new();

    /// <summary>Measures every block of a model.</summary>
    /// <param name="path">The model, with inputs [1, 1, 28, 28].</param>
    /// <param name="pictures">IDX file of pictures, zipped.</param>
    /// <param name="output">Gets a Markdown table.</param>
    public void Run(string path, string pictures, TextWriter output)
    {
        var model = new OnnxReader().Read(path).Value!;
        var recipe = new Recipe { Target = new TargetSpec() };
        var analysis = new AnalysisStage(sessions, OperatorCatalog.Standard).Run(model, recipe, default).Value!;
        var index = new GraphIndex(analysis.Model.Graph);
        var samples = Read(pictures);
        var answers = Answers(analysis.Model, samples);
        output.WriteLine($"\n{Path.GetFileNameWithoutExtension(path)}\n\n| Block ends in | Same answer without it | Skipped always | Never | With an oracle |\n|---|---|---|---|---|");
        foreach (var (skip, sum, inside) in Blocks(index))
        {
            var without = Answers(analysis.Model.With(Without(index.Graph, skip, sum)), samples);
            var same = answers.Zip(without).Count(pair => pair.First == pair.Second) / (double)Samples;
            var channels = analysis.Trace.Shape(skip)[1];
            OnnxModel Gated(float threshold) => analysis.Model.With(Gate(index, skip, channels, sum, inside, threshold));
            var times = new LatencyMeter(sessions, TimeProvider.System, 1)
                .Measure([analysis.Model, Gated(float.MinValue), Gated(float.MaxValue)], analysis.Trace, Budget, default).Value!;
            var (skipped, never) = (times.Milliseconds(1) / times.Milliseconds(0), times.Milliseconds(2) / times.Milliseconds(0));
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| `{sum.Name}` | {100 * same:0.0}% | {skipped:0.00} | {never:0.00} | {(same * skipped) + ((1 - same) * never):0.00} |"));
        }
    }

    // A sum of a value and of what was made of that value alone.
    private static IEnumerable<(string Skip, Node Sum, ImmutableArray<Node> Inside)> Blocks(GraphIndex index)
    {
        foreach (var sum in index.Graph.Nodes.Where(node => node.OpType == "Add" && node.Inputs.All(input => index.Constant(input) is null)))
        {
            foreach (var (skip, branch) in new[] { (sum.Inputs[0], sum.Inputs[1]), (sum.Inputs[1], sum.Inputs[0]) })
            {
                var inside = new HashSet<Node>();
                if (Gather(index, branch, skip, inside) && inside.Count > 0)
                {
                    yield return (skip, sum, [.. index.Graph.Nodes.Where(inside.Contains)]);
                }
            }
        }
    }

    private static bool Gather(GraphIndex index, string value, string skip, HashSet<Node> inside) =>
        value == skip || value.Length == 0 || index.Constant(value) is not null
        || (index.Producer(value) is { } node && (!inside.Add(node) || node.Inputs.All(input => Gather(index, input, skip, inside))));

    private static Graph Without(Graph graph, string skip, Node sum) => graph with
    {
        Nodes = [.. graph.Nodes.Select(node => node == sum ? new Node { Name = sum.Name, OpType = "Identity", Inputs = [skip], Outputs = sum.Outputs } : node)],
    };

    private static Graph Gate(GraphIndex index, string skip, int channels, Node sum, ImmutableArray<Node> inside, float threshold)
    {
        Node Of(string type, string output, params string[] inputs) => new() { Name = output, OpType = type, Inputs = [.. inputs], Outputs = [output] };
        var stored = inside.Add(sum).SelectMany(node => node.Inputs).Where(input => index.Graph.Initializers.ContainsKey(input)).ToHashSet();
        var result = sum.Outputs[0];
        Graph Branch(string name, ImmutableArray<Node> nodes, IEnumerable<string> tensors) => new()
        {
            Name = name,
            Inputs = [],
            Outputs = [new GraphValue($"{result}/{name}", ElementType.Float, [])],
            Nodes = nodes,
            Initializers = index.Graph.Initializers.RemoveRange(index.Graph.Initializers.Keys.Except(tensors)),
            Opsets = index.Graph.Opsets,
        };
        var choice = Of("If", result, "gate/open") with { Name = "gate/if" };
        choice = choice
            .With("then_branch", new AttributeValue.Subgraph(Branch("skip", [Of("Identity", $"{result}/skip", skip)], [])))
            .With("else_branch", new AttributeValue.Subgraph(Branch("all", [.. inside, sum with { Outputs = [$"{result}/all"] }], stored)));
        ImmutableArray<Node> gate =
        [
            Of("GlobalAveragePool", "gate/pooled", skip), Of("Flatten", "gate/features", "gate/pooled"),
            Of("Gemm", "gate/score", "gate/features", "gate/weights"), Of("Greater", "gate/open", "gate/score", "gate/threshold"), choice,
        ];
        return index.Graph with
        {
            Nodes = [.. index.Graph.Nodes.TakeWhile(node => node != sum).Except(inside), .. gate, .. index.Graph.Nodes.SkipWhile(node => node != sum).Skip(1)],
            Initializers = index.Graph.Initializers.RemoveRange(stored)
                .Add("gate/weights", TensorData.From([channels, 1], new float[channels])).Add("gate/threshold", TensorData.From([], [threshold])),
        };
    }

    private static float[][] Read(string path)
    {
        using var file = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        var bytes = new byte[Header + (Samples * 28 * 28)];
        file.ReadExactly(bytes);
        return [.. Enumerable.Range(0, Samples).Select(sample => Array.ConvertAll(bytes[(Header + (sample * 784))..(Header + ((sample + 1) * 784))], pixel => ((pixel / 255f) - 0.286f) / 0.353f))];
    }

    private int[] Answers(OnnxModel model, float[][] samples)
    {
        using var session = sessions.Open(model, new SessionSettings()).Value!;
        return [.. samples.Select(sample => session.Run([TensorData.From([1, 1, 28, 28], sample)], default).Value![0]!.ToSingles()).Select(scores => Array.IndexOf(scores, scores.Max()))];
    }
}
