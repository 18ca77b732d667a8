using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Testing;

/// <summary>
/// Small nets of the common kinds, with random weights by seed. Each comes with BatchNormalization kept or folded into the Conv
/// before it; both forms of one seed compute the same function up to rounding. Input <c>x</c>, output of 10 classes.
/// </summary>
public sealed class SmallNets
{
    private const float Epsilon = 1e-5f;
    private readonly ModelBuilder builder;
    private readonly bool folded;

    private SmallNets(long seed, bool folded, string? batch)
    {
        builder = new ModelBuilder(seed, batch: batch);
        this.folded = folded;
    }

    /// <summary>Name of each kind of net, for tests that run over all of them.</summary>
    public static ImmutableArray<string> Kinds { get; } = ["chain", "residual", "inverted-residual", "vgg"];

    /// <summary>The net of a kind.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="folded">True for BatchNormalization folded into Conv.</param>
    /// <param name="seed">Seed of the weights.</param>
    /// <param name="batch">Symbol of the batch axis; null for a fixed batch of 1.</param>
    public static OnnxModel Make(string kind, bool folded = false, long seed = 1, string? batch = null) => kind switch
    {
        "chain" => Chain(folded, seed, batch),
        "residual" => Residual(folded, seed, batch),
        "inverted-residual" => InvertedResidual(folded, seed, batch),
        "vgg" => Vgg(folded, seed, batch),
        _ => throw new ArgumentException($"There is no net of the kind '{kind}'.", nameof(kind)),
    };

    /// <summary>Three Conv blocks in a row, pooling, Gemm. Input [1, 3, 8, 8].</summary>
    public static OnnxModel Chain(bool folded = false, long seed = 1, string? batch = null)
    {
        var net = new SmallNets(seed, folded, batch);
        var x = net.builder.Input("x", 1, 3, 8, 8);
        x = net.builder.Relu(net.Block(x, 8, 3));
        x = net.builder.Relu(net.Block(x, 12, 3, stride: 2));
        x = net.builder.Relu(net.Block(x, 16, 3));
        return net.Classify(x);
    }

    /// <summary>
    /// Three residual blocks as in ResNet; the second halves the picture and has a 1 x 1 Conv on its short cut. Input
    /// [1, 3, 12, 12].
    /// </summary>
    public static OnnxModel Residual(bool folded = false, long seed = 1, string? batch = null)
    {
        var net = new SmallNets(seed, folded, batch);
        var x = net.builder.Input("x", 1, 3, 12, 12);
        x = net.builder.Relu(net.Block(x, 8, 3));
        foreach (var (channels, stride) in new[] { (8, 1), (16, 2), (16, 1) })
        {
            var inner = net.builder.Relu(net.Block(x, channels, 3, stride));
            inner = net.Block(inner, channels, 3);
            var shortcut = stride == 1 ? x : net.Block(x, channels, 1, stride);
            x = net.builder.Relu(net.builder.Add(inner, shortcut));
        }

        return net.Classify(x);
    }

    /// <summary>
    /// Inverted residual blocks with depthwise Conv and Clip as in MobileNetV2: one with, one without a short cut. Input
    /// [1, 3, 12, 12].
    /// </summary>
    public static OnnxModel InvertedResidual(bool folded = false, long seed = 1, string? batch = null)
    {
        var net = new SmallNets(seed, folded, batch);
        var x = net.builder.Input("x", 1, 3, 12, 12);
        x = net.builder.Clip(net.Block(x, 8, 3, stride: 2));
        foreach (var (channels, stride) in new[] { (8, 1), (12, 2), (12, 1) })
        {
            var wide = net.builder.Shape(x)[1] * 3;
            var inner = net.builder.Clip(net.Block(x, wide, 1));
            inner = net.builder.Clip(net.Block(inner, wide, 3, stride, group: wide));
            inner = net.Block(inner, channels, 1);
            x = stride == 1 && channels == net.builder.Shape(x)[1] ? net.builder.Add(x, inner) : inner;
        }

        return net.Classify(net.builder.Clip(net.Block(x, 32, 1)));
    }

    /// <summary>Conv blocks and MaxPool, then Flatten of a 2 x 2 picture into two Gemm. Input [1, 3, 8, 8].</summary>
    public static OnnxModel Vgg(bool folded = false, long seed = 1, string? batch = null)
    {
        var net = new SmallNets(seed, folded, batch);
        var x = net.builder.Input("x", 1, 3, 8, 8);
        x = net.builder.Relu(net.Block(x, 8, 3));
        x = net.builder.MaxPool(net.builder.Relu(net.Block(x, 8, 3)));
        x = net.builder.MaxPool(net.builder.Relu(net.Block(x, 16, 3)));
        x = net.builder.Relu(net.builder.Gemm(net.builder.Flatten(x), 24));
        net.builder.Output(net.builder.Gemm(x, 10));
        return net.builder.Build();
    }

    private OnnxModel Classify(string x)
    {
        builder.Output(builder.Gemm(builder.Flatten(builder.GlobalAveragePool(x)), 10));
        return builder.Build();
    }

    /// <summary>Conv without bias, then BatchNormalization; or one Conv that computes the same.</summary>
    private string Block(string x, int channels, int kernel, int stride = 1, int group = 1)
    {
        var name = builder.NewName("block");
        var fanIn = builder.Shape(x)[1] / group * kernel * kernel;
        ImmutableArray<int> shape = [channels, builder.Shape(x)[1] / group, kernel, kernel];
        ImmutableArray<int> axis = [channels];
        var weights = builder.Random($"{name}.w", shape, -ModelBuilder.Bound(fanIn), ModelBuilder.Bound(fanIn));
        var scale = builder.Random($"{name}.scale", axis, 0.5f, 1.5f);
        var shift = builder.Random($"{name}.shift", axis, -0.3f, 0.3f);
        var mean = builder.Random($"{name}.mean", axis, -0.2f, 0.2f);
        var variance = builder.Random($"{name}.var", axis, 0.5f, 1.5f);
        if (!folded)
        {
            var y = builder.Conv(
                x, builder.Initializer($"{name}.w", TensorData.From(shape, weights)), "", stride, kernel / 2, group);
            return builder.BatchNormalization(
                y,
                builder.Initializer($"{name}.scale", TensorData.From(axis, scale)),
                builder.Initializer($"{name}.shift", TensorData.From(axis, shift)),
                builder.Initializer($"{name}.mean", TensorData.From(axis, mean)),
                builder.Initializer($"{name}.var", TensorData.From(axis, variance)));
        }

        var bias = new float[channels];
        for (var channel = 0; channel < channels; channel++)
        {
            var factor = scale[channel] / MathF.Sqrt(variance[channel] + Epsilon);
            bias[channel] = shift[channel] - (mean[channel] * factor);
            for (var i = 0; i < fanIn; i++)
            {
                weights[(channel * fanIn) + i] *= factor;
            }
        }

        return builder.Conv(
            x,
            builder.Initializer($"{name}.w", TensorData.From(shape, weights)),
            builder.Initializer($"{name}.b", TensorData.From(axis, bias)),
            stride,
            kernel / 2,
            group);
    }

    /// <summary>Cast and two Conv on an input of integers, of which no noise can be made. Input x int64 [1, 3, 4, 4].</summary>
    public static OnnxModel OfIntegers()
    {
        var builder = new ModelBuilder();
        var x = builder.Node("Cast", [builder.Input("x", 1, 3, 4, 4)], [1, 3, 4, 4], ("to", new AttributeValue.Int(1)));
        builder.Output(builder.Conv(builder.Relu(builder.Conv(x, 8, 3)), 2, 1));
        var model = builder.Build();
        return model.With(model.Graph with { Inputs = [model.Graph.Inputs[0] with { Type = ElementType.Int64 }] });
    }
}
