using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Testing;

/// <summary>Nets whose input has no axis of samples: all of it is one sample.</summary>
public static class WholeNets
{
    /// <summary>Rows and columns of a picture.</summary>
    public const int Side = 16;

    /// <summary>Classes of <see cref="Classifier"/>.</summary>
    public const int Classes = 4;

    /// <summary>Channels of the first layer of both nets.</summary>
    public const int Channels = 24;

    /// <summary>A picture [3, 16, 16] to scores of classes.</summary>
    /// <param name="seed">Seed of the weights.</param>
    /// <param name="batch">Symbol of an axis of samples, for the same net with one; null for none.</param>
    public static OnnxModel Classifier(long seed = 1, string? batch = null)
    {
        var net = new ModelBuilder(seed, batch: batch);
        var features = Backbone(net, batch is null ? Batched(net, net.Input("picture", 3, Side, Side)) : net.Input("picture", 1, 3, Side, Side));
        net.Output(net.Gemm(net.Flatten(net.GlobalAveragePool(features)), Classes));
        return net.Build();
    }

    /// <summary>
    /// A picture [3, 16, 16], normalized inside, to the boxes [n, 4] that were found and their scores [n]: 16 places propose one each, and
    /// NonMaxSuppression chooses.
    /// </summary>
    /// <param name="seed">Seed of the weights.</param>
    /// <param name="masks">Whether layers behind the choice make a mask [2, 2, 2] of each box.</param>
    /// <param name="traits">Whether layers behind the choice make two numbers of the corners of each box.</param>
    public static OnnxModel Detector(long seed = 1, bool masks = false, bool traits = false)
    {
        var net = new ModelBuilder(seed);
        var mean = net.Initializer("mean", TensorData.From([3, 1, 1], [0.4f, 0.5f, 0.6f]));
        var features = Backbone(net, Batched(net, net.Node("Sub", [net.Input("picture", 3, Side, Side), mean], [3, Side, Side])));
        var places = net.Shape(features)[2] * net.Shape(features)[3];
        var boxes = Rows(net, net.Conv(features, 4, 1), places, "boxes");
        var scores = net.Node("Sigmoid", [Rows(net, net.Conv(features, 1, 1), places, "scores")], [1, places, 1]);
        var found = net.Node(
            "NonMaxSuppression",
            [
                boxes,
                net.Node("Transpose", [scores], [1, 1, places], ("perm", new AttributeValue.Ints([0, 2, 1]))),
                net.Initializer("most", TensorData.From([1], [8L])),
                net.Initializer("overlap", TensorData.From([1], [0.5f])),
                net.Initializer("least", TensorData.From([1], [0.5f])),
            ]);
        var chosen = net.Node("Gather", [found, net.Initializer("place", TensorData.From([], [2L]))], null, ("axis", new AttributeValue.Int(1)));
        var corners = "";
        foreach (var (name, rows) in new[] { ("box", boxes), ("score", scores) })
        {
            var width = net.Shape(rows)[2];
            var flat = net.Node("Reshape", [rows, net.Initializer($"{name}.flat", width > 1 ? TensorData.From([2], [-1L, width]) : TensorData.From([1], [-1L]))], width > 1 ? [places, width] : [places]);
            var one = net.Output(net.Node("Gather", [flat, chosen], width > 1 ? [8, width] : [8], ("axis", new AttributeValue.Int(0))));
            corners = name == "box" ? one : corners;
        }

        if (masks)
        {
            var picture = net.Node("Mul", [chosen, net.Initializer("none", TensorData.From([], [0L]))], [8]);
            var pooled = net.Node(
                "RoiAlign",
                [features, net.Relu(corners), picture],
                [8, 16, 2, 2],
                ("output_height", new AttributeValue.Int(2)),
                ("output_width", new AttributeValue.Int(2)));
            net.Output(net.Conv(net.Relu(net.Conv(pooled, 12, 1)), 2, 1));
        }

        if (traits)
        {
            net.Output(net.Gemm(net.Relu(net.Gemm(corners, 12)), 2));
        }

        var model = net.Build();
        return model.With(model.Graph with
        {
            Outputs = [.. model.Graph.Outputs.Select(output => output with { Shape = [new Dimension(null, "found"), .. output.Shape.Skip(1)] })],
        });
    }

    private static string Batched(ModelBuilder net, string picture) => net.Node(
        "Unsqueeze", [picture, net.Initializer("front", TensorData.From([1], [0L]))], [1, .. net.Shape(picture)]);

    private static string Backbone(ModelBuilder net, string x)
    {
        x = net.Relu(net.Conv(x, Channels, 3, stride: 2, pad: 1));
        return net.Relu(net.Conv(x, 16, 3, stride: 2, pad: 1));
    }

    // [1, k, h, w] to [1, h w, k].
    private static string Rows(ModelBuilder net, string map, int places, string name)
    {
        var width = net.Shape(map)[1];
        var flat = net.Node("Reshape", [map, net.Initializer($"{name}.rows", TensorData.From([3], [1L, width, places]))], [1, width, places]);
        return net.Node("Transpose", [flat], [1, places, width], ("perm", new AttributeValue.Ints([0, 2, 1])));
    }
}
