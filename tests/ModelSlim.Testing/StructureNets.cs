using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;

namespace ModelSlim.Testing;

/// <summary>Small nets of structures that move data about or compute with shapes.</summary>
public sealed partial class StructureNets
{
    private readonly ModelBuilder net = new(seed: 5);
    private readonly ShapeArithmetic shapes;

    private StructureNets() => shapes = new ShapeArithmetic(net);

    /// <summary>Every structure.</summary>
    public static ImmutableArray<StructureKind> Kinds { get; } =
    [
        new("channel shuffle", 3 + 4 + 6, [1, 4, 8, 8], [3, 4, 8, 8], nets => nets.ChannelShuffle()),
        new("channel shuffle by computed sizes", 3 + 4 + 6, [1, 4, 8, 8], [3, 4, 6, 10], nets => nets.ComputedShuffle()),
        new("shuffled halves", 6 + 6, [1, 4, 8, 8], [3, 4, 8, 8], nets => nets.ShuffledHalves(false)),
        new("shuffled halves by computed sizes", 6 + 6, [1, 4, 8, 8], [3, 4, 6, 10], nets => nets.ShuffledHalves(true)),
        new("split and concat", 4 + 4 + 4 + 6, [1, 4, 8, 8], [2, 4, 5, 9], nets => nets.SplitAndConcat()),
        new("chunks by computed bounds", 4 + 6, [1, 4, 8, 8], [1, 4, 8, 8], nets => nets.Chunks()),
        new("flatten by computed sizes", 6 + 12, [1, 4, 8, 8], [3, 4, 8, 8], nets => nets.ComputedFlatten()),
        new("depth to space", 6 + 4 + 6, [1, 4, 8, 8], [2, 4, 6, 10], nets => nets.DepthToSpace()),
        new("focus", 6 + 8 + 6, [1, 4, 8, 8], [2, 4, 6, 10], nets => nets.Focus()),
        new("roll in windows", 6 + 8, [1, 4, 8, 8], [2, 4, 8, 8], nets => nets.Windows()),
        new("resize to a skip", 6 + 8 + 6, [1, 4, 8, 8], [2, 4, 6, 10], nets => nets.ResizeToSkip()),
        new("channels last, padded", 8 + 6, [1, 4, 8, 8], [1, 4, 8, 8], nets => nets.ChannelsLast()),
        new("heads by computed sizes", 4 + 3 + 8, [1, 6, 8], [2, 9, 8], nets => nets.Heads()),
        new("batch times heads", 4 + 3 + 8, [1, 6, 8], [3, 5, 8], nets => nets.BatchTimesHeads()),
        new("scale by an extent", 8 + 6, [1, 4, 8, 8], [2, 4, 6, 10], nets => nets.ScaleByExtent()),
        new("positions up to a length", 12 + 8, [1, 6, 8], [2, 9, 8], nets => nets.Positions()),
        new("gathered channels", 8 + 6, [1, 4, 8, 8], [2, 4, 6, 10], nets => nets.GatheredChannels()),
        new("dense concat", 6 + 4 + 4 + 6, [1, 4, 8, 8], [2, 4, 6, 10], nets => nets.DenseConcat()),
        new("squeeze and excite", 8 + 3 + 6, [1, 4, 8, 8], [2, 4, 6, 10], nets => nets.SqueezeAndExcite()),
        new("gates of channels and places", 8 + 3 + 6, [1, 4, 8, 8], [2, 4, 6, 10], nets => nets.GatesOfChannelsAndPlaces()),
        new("grouped bottleneck", 8 + 4 + 3 + 3 + 6, [1, 4, 8, 8], [2, 4, 6, 10], nets => nets.GroupedBottleneck()),
        new("shared filters", 8 + 5 + 6, [1, 4, 8, 8], [2, 4, 6, 10], nets => nets.SharedFilters()),
        new("shared vector", 8 + 6, [1, 4, 8, 8], [2, 4, 6, 10], nets => nets.SharedVector()),
        new("detection heads", 8 + 6 + 4 + 4, [1, 4, 8, 8], [2, 4, 6, 10], nets => nets.DetectionHeads()),
        new("loop around", 8, [1, 4, 8, 8], [2, 4, 8, 8], nets => nets.LoopAround()),
    ];

    /// <summary>The net of a structure.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="isDynamic">True to declare symbols where the input has other sizes too.</param>
    public static OnnxModel Make(StructureKind kind, bool isDynamic)
    {
        var nets = new StructureNets();
        nets.net.Input("x", [.. kind.Input]);
        kind.Add(nets);
        var model = nets.net.Build();
        var declared = kind.Input.Zip(kind.OtherInput)
            .Select((extent, axis) => extent.First == extent.Second ? new Dimension(extent.First, null) : new Dimension(null, $"x{axis}"));
        return isDynamic
            ? model.With(model.Graph with
            {
                Inputs = [model.Graph.Inputs[0] with { Shape = [.. declared] }],
                Outputs = [.. model.Graph.Outputs.Select(output => output with { Shape = default })],
            })
            : model;
    }

    private static AttributeValue Int(long value) => new AttributeValue.Int(value);

    private static AttributeValue Text(string value) => new AttributeValue.Text(value);

    private string Conv(string x, int channels) => net.Relu(net.Conv(x, channels, 3, pad: 1));

    // A Conv of 6 channels, and an output of 5.
    private void Classify(string x) => net.Output(net.Gemm(net.Flatten(net.GlobalAveragePool(Conv(x, 6))), 5));

    private void ChannelShuffle() => Classify(Turned(Conv("x", 12), 3));

    private void ComputedShuffle() => Classify(Shuffled(Conv("x", 12), 3));

    // As ShuffleNetV2 has it: one half goes through a layer, and the halves are shuffled before they are cut again.
    private void ShuffledHalves(bool computed)
    {
        var x = Conv("x", 12);
        for (var unit = 0; unit < 3; unit++)
        {
            var halves = net.Nodes("Split", [x, shapes.Numbers(6, 6)], [[1, 6, 8, 8], [1, 6, 8, 8]], ("axis", Int(1)));
            var joined = net.Concat(1, halves[0], Conv(halves[1], 6));
            x = computed ? Shuffled(joined, 2) : Turned(joined, 2);
        }

        Classify(x);
    }

    // [N, 12, 8, 8] as some groups, turned round.
    private string Turned(string x, int count)
    {
        var split = shapes.Reshape(x, shapes.Numbers(-1, count, 12 / count, 8, 8), 1, count, 12 / count, 8, 8);
        return shapes.Reshape(shapes.Transpose(split, 0, 2, 1, 3, 4), shapes.Numbers(-1, 12, 8, 8), 1, 12, 8, 8);
    }

    // [N, 12, H, W], by sizes that are asked for.
    private string Shuffled(string x, int count)
    {
        var (batch, channels, groups) = (shapes.Extent(x, 0), shapes.Extent(x, 1), shapes.Number(count));
        var (height, width) = (shapes.Extent(x, 2), shapes.Extent(x, 3));
        var split = shapes.Reshape(x, shapes.List(batch, groups, shapes.Of("Div", channels, groups), height, width), 1, count, 12 / count, 8, 8);
        return shapes.Reshape(shapes.Transpose(split, 0, 2, 1, 3, 4), shapes.List(batch, shapes.Number(-1), height, width), 1, 12, 8, 8);
    }

    // As C2f of YOLO has it: one half goes on, and all that was on the way is joined.
    private void SplitAndConcat()
    {
        var halves = net.Nodes("Split", [Conv("x", 8), shapes.Numbers(4, 4)], [[1, 4, 8, 8], [1, 4, 8, 8]], ("axis", Int(1)));
        var inner = net.Add(halves[1], Conv(Conv(halves[1], 4), 4));
        Classify(net.Concat(1, halves[0], halves[1], inner));
    }

    private void Chunks()
    {
        var x = Conv("x", 8);
        var channels = shapes.Extent(x, 1);
        var half = shapes.List(shapes.Of("Div", channels, shapes.Number(2)));
        var (first, second) = (
            net.Node("Slice", [x, shapes.Numbers(0), half, shapes.Numbers(1)], [1, 4, 8, 8]),
            net.Node("Slice", [x, half, shapes.List(channels), shapes.Numbers(1)], [1, 4, 8, 8]));
        Classify(net.Node("Mul", [first, net.Node("Sigmoid", [second], [1, 4, 8, 8])], [1, 4, 8, 8]));
    }

    private void ComputedFlatten()
    {
        var x = net.MaxPool(Conv("x", 6), 4, 4);
        var flat = shapes.Reshape(x, shapes.List(shapes.Extent(x, 0), shapes.Number(-1)), 1, 24);
        net.Output(net.Gemm(net.Relu(net.Gemm(flat, 12)), 5));
    }

    private void DepthToSpace()
    {
        var large = net.Node("DepthToSpace", [net.Conv("x", 24, 1)], [1, 6, 16, 16], ("blocksize", Int(2)), ("mode", Text("CRD")));
        var small = net.Node("SpaceToDepth", [Conv(large, 4)], [1, 16, 8, 8], ("blocksize", Int(2)));
        Classify(small);
    }

    private void Focus()
    {
        var x = Conv("x", 6);
        string Corner(int row, int column) => shapes.Slice(shapes.Slice(x, 2, row, int.MaxValue, 2), 3, column, int.MaxValue, 2);
        Classify(Conv(net.Concat(1, Corner(0, 0), Corner(1, 0), Corner(0, 1), Corner(1, 1)), 8));
    }

    // The picture rolled by 2, in windows of 4 x 4, each place of which goes through one matrix; and back.
    private void Windows()
    {
        var x = shapes.Transpose(Conv("x", 6), 0, 2, 3, 1);
        var rolled = Roll(Roll(x, 1, 2), 2, 2);
        var parts = shapes.Reshape(rolled, shapes.Numbers(-1, 2, 4, 2, 4, 6), 1, 2, 4, 2, 4, 6);
        var windows = shapes.Reshape(shapes.Transpose(parts, 0, 1, 3, 2, 4, 5), shapes.Numbers(-1, 16, 6), 4, 16, 6);
        var y = shapes.MatMul(windows, 8);
        var back = shapes.Reshape(y, shapes.Numbers(-1, 2, 2, 4, 4, 8), 1, 2, 2, 4, 4, 8);
        var picture = shapes.Reshape(shapes.Transpose(back, 0, 1, 3, 2, 4, 5), shapes.Numbers(-1, 8, 8, 8), 1, 8, 8, 8);
        net.Output(net.Conv(shapes.Transpose(Roll(Roll(picture, 1, 6), 2, 6), 0, 3, 1, 2), 5, 1));
    }

    private string Roll(string x, int axis, int by) =>
        net.Concat(axis, shapes.Slice(x, axis, by, int.MaxValue), shapes.Slice(x, axis, 0, by));

    private void ResizeToSkip()
    {
        var skip = Conv("x", 6);
        var low = Conv(net.MaxPool(skip), 8);
        var sizes = net.Node("Concat", [shapes.Extents(low, 0, 2), shapes.Extents(skip, 2, 4)], [4], ("axis", Int(0)));
        var resized = net.Node("Resize", [low, "", "", sizes], [1, 8, 8, 8], ("mode", Text("linear")), ("coordinate_transformation_mode", Text("align_corners")));
        Classify(net.Concat(1, resized, skip));
    }
}
