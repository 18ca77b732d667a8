using ModelSlim.Core.Data;
using ModelSlim.Core.Exits;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Exits;
using ModelSlim.Evaluation.Repair;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Evaluation.Tests.Oracles;
using ModelSlim.Testing;

namespace ModelSlim.Evaluation.Tests.Exits;

/// <summary>What ONNX Runtime makes of a model with an exit: the head's scores where the head is sure, else the original's.</summary>
public sealed class EarlyExitGraphTests
{
    private const int Samples = 24;

    private static readonly float[] Pictures = ExitNets.Pictures(Samples, 9);

    [Theory]
    [InlineData(null, 9, "", true)]
    [InlineData(null, 11, "", false)]
    [InlineData(null, 17, "Softmax", true)]
    [InlineData(null, 18, "LogSoftmax", true)]
    [InlineData("n", 9, "", true)]
    [InlineData("n", 10, "", false)]
    [InlineData("n", 11, "Softmax", true)]
    [InlineData("n", 13, "LogSoftmax", true)]
    [InlineData("n", 18, "", true)]
    [InlineData("n", 21, "", true)]
    public void Each_sample_gets_what_the_rule_says_in_any_company(string? batch, int opset, string last, bool weightsMove)
    {
        var traced = new TracedModel(ExitNets.Late(batch, opset, last, channels: 8));
        foreach (var place in new ExitPlaces(OperatorCatalog.Standard).Find(traced.Index, traced.Trace))
        {
            var (exit, expected) = Expected(traced, place, last);
            var graph = EarlyExitGraph.Of(traced.Index, exit, weightsMove);
            var written = new OnnxReader().Read(new OnnxWriter().Write(traced.Model.With(graph)));
            Assert.True(written.Succeeded, string.Join('\n', written.Diagnostics));
            Assert.Equal((opset, traced.Model.Graph.Outputs[0].Name), (written.Value.Graph.Opset, written.Value.Graph.Outputs[0].Name));

            foreach (var size in batch is null ? new[] { 1 } : [1, 2, 5, Samples])
            {
                for (var first = 0; first < Samples; first += size)
                {
                    var count = Math.Min(size, Samples - first);
                    var actual = Run(written.Value, first, count)[0];
                    for (var i = 0; i < count * 6; i++)
                    {
                        Assert.InRange(actual[i] - expected[first + (i / 6)][i % 6], -1e-4, 1e-4);
                    }
                }
            }
        }
    }

    [Fact]
    public void The_rest_lies_in_the_branch_with_its_weights_and_nothing_else_moves()
    {
        var traced = new TracedModel(ExitNets.Late(channels: 8));
        var places = new ExitPlaces(OperatorCatalog.Standard).Find(traced.Index, traced.Trace);
        var graph = EarlyExitGraph.Of(traced.Index, Expected(traced, places[1], "").Exit);
        var chosen = Assert.Single(graph.Nodes, node => node.OpType == "If");
        var late = Assert.IsType<AttributeValue.Subgraph>(chosen.Attributes["else_branch"]).Value;
        var original = traced.Model.Graph;

        Assert.True(places.Length > 1);
        Assert.Equal(original.Nodes.Length, graph.Nodes.Count(original.Nodes.Contains) + late.Nodes.Length);
        Assert.NotEmpty(late.Initializers);
        Assert.Equal(original.Initializers.Keys.Order(), graph.Initializers.Keys.Concat(late.Initializers.Keys).Where(original.Initializers.ContainsKey).Order());
        Assert.Empty(late.Inputs);
        Assert.Contains(places[1].Value, GraphIndex.Captured(chosen));
        var names = graph.Nodes.SelectMany(node => node.Outputs).Concat(late.Nodes.SelectMany(node => node.Outputs)).ToList();
        Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public void Names_that_are_taken_are_left_alone()
    {
        var once = new TracedModel(ExitNets.Late("n", channels: 8));
        var first = new ExitPlaces(OperatorCatalog.Standard).Find(once.Index, once.Trace)[0];
        var exit = Expected(once, first, "").Exit;

        // A trunk whose values are named as the head's would be.
        var taken = once.Model.With(once.Model.Graph with
        {
            Nodes = [.. once.Model.Graph.Nodes.Select(node => node.Outputs[0] == first.Value ? node with { Outputs = ["early_exit/logits"] }
                : node with { Inputs = [.. node.Inputs.Select(name => name == first.Value ? "early_exit/logits" : name)] })],
        });
        var graph = EarlyExitGraph.Of(new GraphIndex(taken.Graph), exit with { Place = exit.Place with { Value = "early_exit/logits" } });

        Assert.Equal(Run(once.Model.With(EarlyExitGraph.Of(once.Index, exit)), 0, Samples)[0], Run(taken.With(graph), 0, Samples)[0]);
    }

    // A head of random weights, as sure as its median of the samples, worked out apart from the graph that is tested.
    private static (EarlyExit Exit, double[][] Outputs) Expected(TracedModel traced, ExitPlace place, string last)
    {
        var random = new SplitMix(1, place.Value);
        float[] Random(int count, float scale) => [.. Enumerable.Range(0, count).Select(_ => scale * ((2 * random.NextSingle()) - 1))];
        var (features, kind) = (place.Window.Features, last switch { "Softmax" => ScoreKind.Probabilities, "LogSoftmax" => ScoreKind.LogProbabilities, _ => ScoreKind.Logits });
        var head = new ExitHead(TensorData.From([6, features], Random(6 * features, 0.5f)), TensorData.From([6], Random(6, 0.1f)));
        var open = traced.Model.With(new FeatureGraph().Of(traced.Index, [place]));
        var runs = Enumerable.Range(0, Samples).Select(i => Run(open, i, 1)).ToArray();
        var scores = HeadScores.Of(head, new Rows([.. runs.SelectMany(run => run[1])], Samples, features));
        var sorted = scores.Confidence.Order().ToArray();
        var exit = new EarlyExit(place, head, (float)((sorted[Samples / 2] + sorted[(Samples / 2) - 1]) / 2), kind);
        return (exit, [.. runs.Select((run, i) => scores.Confidence[i] > exit.Threshold ? scores.Output(kind, i) : Array.ConvertAll(run[0], score => (double)score))]);
    }

    private static float[][] Run(OnnxModel model, int first, int count)
    {
        var size = Pictures.Length / Samples;
        using var session = new SessionFactory().Open(model, new SessionSettings()) is { Succeeded: true } opened
            ? opened.Value!
            : throw new InvalidOperationException(string.Join('\n', new SessionFactory().Open(model, new SessionSettings()).Diagnostics));
        var outputs = session.Run([TensorData.From([count, .. ExitNets.Picture], Pictures.AsSpan(first * size, count * size))], TestContext.Current.CancellationToken);
        Assert.True(outputs.Succeeded, string.Join('\n', outputs.Diagnostics));
        return [.. outputs.Value.Select(output => output!.ToSingles())];
    }
}
