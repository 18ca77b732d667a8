using System.Collections.Immutable;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Repair;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Testing;

namespace ModelSlim.Evaluation.Tests.Repair;

public sealed class GraphWalkTests
{
    private readonly OnnxModel model = SmallNets.Residual(batch: "n");

    [Fact]
    public void Piece_by_piece_is_the_whole()
    {
        var whole = Walk();
        Advance(whole, whole.End);
        var pieces = Walk();
        for (var place = 1; place <= pieces.End; place++)
        {
            Advance(pieces, place);
        }

        var output = model.Graph.Outputs[0].Name;
        for (var chunk = 0; chunk < whole.Chunks; chunk++)
        {
            var expected = whole.Value(chunk, output).ToSingles();
            Assert.All(expected.Zip(pieces.Value(chunk, output).ToSingles()), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        }
    }

    [Fact]
    public void Only_what_is_pinned_or_still_needed_is_kept()
    {
        var walk = Walk();
        var first = model.Graph.Nodes[0].Outputs[0];
        var second = model.Graph.Nodes[1].Outputs[0];
        walk.Pin(first);

        Advance(walk, 5);

        Assert.Equal([2, 8, 12, 12], walk.Value(0, first).Shape);
        Assert.Throws<KeyNotFoundException>(() => walk.Value(0, second));
        walk.Release(first);
        Assert.Throws<KeyNotFoundException>(() => walk.Value(0, first));
    }

    [Fact]
    public void Replaced_constants_hold_for_the_nodes_ahead()
    {
        var walk = Walk();
        var weight = model.Graph.Nodes.Last(node => node.OpType == "Gemm").Inputs[1];
        var bias = model.Graph.Nodes.Last(node => node.OpType == "Gemm").Inputs[2];
        Advance(walk, 3);

        var tensor = model.Graph.Initializers[weight];
        walk.Replace(weight, tensor.WithSingles(new float[tensor.Length]));
        Advance(walk, walk.End);

        Assert.Equal(
            model.Graph.Initializers[bias].ToSingles(), walk.Value(0, model.Graph.Outputs[0].Name).ToSingles()[..10]);
    }

    private GraphWalk Walk() => new(new SessionFactory(), model, [Chunk(1), Chunk(2)], threads: 2);

    private static void Advance(GraphWalk walk, int end)
    {
        var result = walk.AdvanceTo(end, TestContext.Current.CancellationToken);
        Assert.True(result.Succeeded, string.Join('\n', result.Diagnostics));
    }

    private static ImmutableArray<TensorData> Chunk(long seed)
    {
        ImmutableArray<int> shape = [2, 3, 12, 12];
        return [TensorData.From(shape, new ModelBuilder(seed).Random("x", shape, -1, 1))];
    }
}
