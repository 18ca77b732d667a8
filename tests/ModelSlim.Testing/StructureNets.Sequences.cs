using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Testing;

/// <summary>Structures of sequences [N, T, 8], and of values that are more than sizes.</summary>
public sealed partial class StructureNets
{
    // A picture [N, H, W, C] whose channels are padded before a residual sum, as exported from TensorFlow.
    private void ChannelsLast()
    {
        var x = shapes.Transpose(net.Conv("x", 4, 1), 0, 2, 3, 1);
        var zeros = net.Node("ConstantOfShape", [shapes.Numbers(1, 8, 8, 4)], [1, 8, 8, 4]);
        var padded = shapes.Transpose(net.Concat(3, x, zeros), 0, 3, 1, 2);
        var also = net.Node("Pad", [net.Conv("x", 6, 1), shapes.Numbers(0, 0, 1, 1, 0, 2, 1, 1)], [1, 8, 10, 10]);
        Classify(net.Add(net.Add(padded, Conv(padded, 8)), net.MaxPool(also, 3, 1)));
    }

    // 4 heads of 3, with sizes from the value itself, and a product of all heads.
    private void Heads()
    {
        var (batch, length) = (shapes.Extent("x", 0), shapes.Extent("x", 1));
        var (four, three) = (shapes.Number(4), shapes.Number(3));
        var split = shapes.Reshape(shapes.MatMul("x", 12), shapes.List(batch, length, four, three), 1, 6, 4, 3);
        var turned = shapes.Transpose(split, 0, 2, 1, 3);
        var scaled = net.Node("Mul", [turned, net.Node("Tanh", [turned], [1, 4, 6, 3])], [1, 4, 6, 3]);
        var joined = shapes.Reshape(
            shapes.Transpose(scaled, 0, 2, 1, 3), shapes.List(batch, length, shapes.Of("Mul", four, three)), 1, 6, 12);
        net.Output(shapes.MatMul(net.Relu(shapes.MatMul(joined, 8)), 5));
    }

    // As the attention of PyTorch before 2.0 has it: batch and heads are one axis.
    private void BatchTimesHeads()
    {
        var (batch, length) = (shapes.Extent("x", 0), shapes.Extent("x", 1));
        var (four, three) = (shapes.Number(4), shapes.Number(3));
        var x = shapes.Transpose(shapes.MatMul("x", 12), 1, 0, 2);
        var split = shapes.Reshape(x, shapes.List(length, shapes.Of("Mul", batch, four), three), 6, 4, 3);
        var turned = shapes.Transpose(split, 1, 0, 2);
        var mixed = net.Node("Tanh", [turned], [4, 6, 3]);
        var joined = shapes.Reshape(shapes.Transpose(mixed, 1, 0, 2), shapes.List(length, batch, shapes.Number(12)), 6, 1, 12);
        net.Output(shapes.MatMul(net.Relu(shapes.MatMul(shapes.Transpose(joined, 1, 0, 2), 8)), 5));
    }

    // The scale of a product is a function of its width, which must not follow the cut.
    private void ScaleByExtent()
    {
        var x = Conv("x", 8);
        var width = net.Node("Cast", [shapes.Extent(x, 1)], [], ("to", Int((long)ElementType.Float)));
        var scaled = net.Node("Div", [x, net.Node("Sqrt", [width], [])], [1, 8, 8, 8]);
        var count = net.Node("Cast", [net.Node("Size", [x], [])], [], ("to", Int((long)ElementType.Float)));
        Classify(net.Node("Mul", [scaled, net.Node("Log", [count], [])], [1, 8, 8, 8]));
    }

    // Stored positions are cut to the length of the input; those that no traced input reaches stay too.
    private void Positions()
    {
        var table = net.Initializer("positions", [1, 20, 12], -1, 1);
        var length = shapes.List(shapes.Extent("x", 1));
        var taken = net.Node("Slice", [table, shapes.Numbers(0), length, shapes.Numbers(1)], [1, 6, 12]);
        var places = net.Node("Range", [shapes.Number(0), shapes.Extent("x", 1), shapes.Number(1)], [6]);
        var embedded = net.Node("Gather", [net.Initializer("embeddings", [20, 12], -1, 1), places], [6, 12]);
        var x = net.Node("Add", [shapes.MatMul("x", 12), taken], [1, 6, 12]);
        net.Output(shapes.MatMul(net.Relu(shapes.MatMul(net.Node("Add", [x, embedded], [1, 6, 12]), 8)), 5));
    }

    private void GatheredChannels()
    {
        var order = shapes.Numbers(7, 0, 6, 1, -3, 2, 4, 3);
        Classify(net.Node("Gather", [Conv("x", 8), order], [1, 8, 8, 8], ("axis", Int(1))));
    }

    // The Loop reads a value of the net, which so stays as it is; the rest may go.
    private void LoopAround()
    {
        var x = net.Conv(Conv("x", 8), 6, 3, pad: 1);
        var body = new Graph
        {
            Name = "body",
            Inputs =
            [
                new GraphValue("i", ElementType.Int64, ImmutableArray<Dimension>.Empty),
                new GraphValue("go", ElementType.Bool, ImmutableArray<Dimension>.Empty),
                new GraphValue("v", ElementType.Float, default),
            ],
            Outputs = [new GraphValue("goes", ElementType.Bool, ImmutableArray<Dimension>.Empty), new GraphValue("made", ElementType.Float, default)],
            Nodes =
            [
                new Node { OpType = "Identity", Inputs = ["go"], Outputs = ["goes"] },
                new Node { OpType = "Add", Inputs = ["v", x], Outputs = ["made"] },
            ],
            Initializers = ImmutableDictionary<string, TensorData>.Empty,
            Opsets = ImmutableSortedDictionary<string, int>.Empty,
        };
        var looped = net.Node("Loop", [shapes.Number(2), "", x], [1, 6, 8, 8], ("body", new AttributeValue.Subgraph(body)));
        net.Output(net.Conv(looped, 5, 1));
    }
}
