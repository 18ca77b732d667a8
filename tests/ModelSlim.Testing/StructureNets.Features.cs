namespace ModelSlim.Testing;

/// <summary>Structures in which layers share features, gates or weights.</summary>
public sealed partial class StructureNets
{
    // As DenseNet has it: each layer reads all that was made before it.
    private void DenseConcat()
    {
        var first = Conv("x", 6);
        var second = Conv(first, 4);
        var third = Conv(net.Concat(1, first, second), 4);
        Classify(net.Concat(1, first, second, third));
    }

    // As Hu et al. 2018 have it: what all places of a channel say decides how much of it goes on.
    private void SqueezeAndExcite()
    {
        var x = Conv("x", 8);
        var squeezed = net.Relu(net.Conv(net.GlobalAveragePool(x), 3, 1));
        Classify(net.Node("Mul", [x, Sigmoid(net.Conv(squeezed, 8, 1))], [1, 8, 8, 8]));
    }

    // As Woo et al. 2018 have it (CBAM): one gate for channels, whose layers read means and maxima alike, and one for places.
    private void GatesOfChannelsAndPlaces()
    {
        var x = Conv("x", 8);
        var (into, outOf) = (Weights(3, 8, 1, 1), Weights(8, 3, 1, 1));
        string Gate(string pooled) => net.Conv(net.Relu(net.Conv(pooled, into, "")), outOf, "");
        var gate = net.Add(Gate(net.GlobalAveragePool(x)), Gate(net.Node("GlobalMaxPool", [x], [1, 8, 1, 1])));
        x = net.Node("Mul", [x, Sigmoid(gate)], [1, 8, 8, 8]);
        var sum = net.Node("ReduceSum", [x, shapes.Numbers(1)], [1, 1, 8, 8]);
        var seen = Sigmoid(net.Conv(net.Concat(1, sum, net.Node("Sqrt", [net.Relu(sum)], [1, 1, 8, 8])), 1, 3, pad: 1));
        Classify(net.Node("Mul", [x, seen], [1, 8, 8, 8]));
    }

    // As ResNeXt has it, around a sum: whole groups can go, and places in all of them, before and behind.
    private void GroupedBottleneck()
    {
        var x = Conv("x", 8);
        var inner = net.Relu(net.Conv(Conv(x, 12), Weights(12, 3, 3, 3), "", pad: 1, group: 4));
        Classify(net.Add(x, net.Conv(inner, 8, 1)));
    }

    // One filter bank looks at two values, as the heads of a pyramid do.
    private void SharedFilters()
    {
        var filters = Weights(8, 4, 3, 3);
        string Seen(string x) => net.Relu(net.Conv(x, filters, "", pad: 1));
        Classify(net.Add(Conv(Seen("x"), 5), Conv(Seen(Sigmoid("x")), 5)));
    }

    // One vector, stored once, is bias twice and a factor too: what has nothing else to do with each other goes together.
    private void SharedVector()
    {
        var vector = net.Initializer("shared", [8], 0.5f, 1.5f);
        var first = net.Relu(net.Conv("x", Weights(8, 4, 3, 3), vector, pad: 1));
        var second = net.Relu(net.Conv(first, Weights(8, 8, 3, 3), vector, pad: 1));
        var factor = net.Node("Unsqueeze", [vector, shapes.Numbers(1, 2)], [8, 1, 1]);
        Classify(net.Node("Mul", [second, factor], [1, 8, 8, 8]));
    }

    // As detectors have it: outputs at two scales, classes and boxes each.
    private void DetectionHeads()
    {
        var fine = Conv("x", 8);
        var coarse = Conv(net.MaxPool(fine), 6);
        foreach (var level in new[] { fine, coarse })
        {
            var inner = Conv(level, 4);
            net.Output(net.Conv(inner, 3, 1));
            net.Output(net.Conv(inner, 4, 1));
        }
    }

    private string Sigmoid(string x) => net.Node("Sigmoid", [x], [.. net.Shape(x)]);

    private string Weights(params int[] shape) => net.Initializer(net.NewName("weights"), [.. shape], -0.5f, 0.5f);
}
