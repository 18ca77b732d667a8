using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;

namespace ModelSlim.Testing;

/// <summary>
/// Nets of the size and structure that people deploy, with random weights by seed, for tests and measurements of speed and
/// memory. Input <c>x</c> [1, 3, size, size], output of 1,000 classes, BatchNormalization kept.
/// </summary>
public sealed class LargeNets
{
    private const int Classes = 1000;
    private readonly ModelBuilder builder;

    private LargeNets(long seed)
    {
        builder = new ModelBuilder(seed);
    }

    /// <summary>Name of each kind of net.</summary>
    public static ImmutableArray<string> Kinds { get; } = ["densenet121", "efficientnet-b0", "resnet50", "shufflenet", "vgg16"];

    /// <summary>The net of a kind.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="size">Extent of the picture; a multiple of 32.</param>
    /// <param name="seed">Seed of the weights.</param>
    public static OnnxModel Make(string kind, int size = 224, long seed = 1) => kind switch
    {
        "densenet121" => DenseNet121(size, seed),
        "efficientnet-b0" => EfficientNetB0(size, seed),
        "resnet50" => ResNet50(size, seed),
        "shufflenet" => ShuffleNet(size, seed),
        "vgg16" => Vgg16(size, seed),
        _ => throw new ArgumentException($"There is no net of the kind '{kind}'.", nameof(kind)),
    };

    /// <summary>DenseNet-121 (Huang and others 2017): 58 dense layers of growth 32, each Concat of all before it.</summary>
    public static OnnxModel DenseNet121(int size = 224, long seed = 1)
    {
        var net = new LargeNets(seed);
        var b = net.builder;
        var x = net.Pool("MaxPool", b.Relu(net.Normalized(b.Input("x", 1, 3, size, size), 64, 7, 2)), 3, 2, 1);
        foreach (var layers in new[] { 6, 12, 24, 16 })
        {
            var features = new List<string> { x };
            for (var layer = 0; layer < layers; layer++)
            {
                var all = features.Count == 1 ? x : b.Concat(1, [.. features]);
                var narrow = b.Conv(b.Relu(b.BatchNormalization(all)), 128, 1, bias: false);
                features.Add(b.Conv(b.Relu(b.BatchNormalization(narrow)), 32, 3, pad: 1, bias: false));
            }

            x = b.Relu(b.BatchNormalization(b.Concat(1, [.. features])));
            if (layers != 16)
            {
                x = net.Pool("AveragePool", b.Conv(x, b.Shape(x)[1] / 2, 1, bias: false), 2, 2, 0);
            }
        }

        return net.Classify(x);
    }

    /// <summary>EfficientNet-B0 (Tan and Le 2019): inverted residuals with depthwise Conv, SiLU and squeeze-and-excitation.</summary>
    public static OnnxModel EfficientNetB0(int size = 224, long seed = 1)
    {
        var net = new LargeNets(seed);
        var b = net.builder;
        var x = net.Silu(net.Normalized(b.Input("x", 1, 3, size, size), 32, 3, 2));
        foreach (var (expand, channels, repeats, stride, kernel) in new[]
        {
            (1, 16, 1, 1, 3), (6, 24, 2, 2, 3), (6, 40, 2, 2, 5), (6, 80, 3, 2, 3), (6, 112, 3, 1, 5), (6, 192, 4, 2, 5), (6, 320, 1, 1, 3),
        })
        {
            for (var i = 0; i < repeats; i++)
            {
                var before = x;
                var narrow = b.Shape(x)[1];
                var y = expand == 1 ? x : net.Silu(net.Normalized(x, narrow * expand, 1));
                y = net.Silu(net.Normalized(y, narrow * expand, kernel, i == 0 ? stride : 1, narrow * expand));
                y = net.Normalized(net.Excite(y, narrow / 4), channels, 1);
                x = b.Shape(y).SequenceEqual(b.Shape(before)) ? b.Add(y, before) : y;
            }
        }

        return net.Classify(net.Silu(net.Normalized(x, 1280, 1)));
    }

    /// <summary>ResNet-50 (He and others 2016): 16 bottleneck blocks.</summary>
    public static OnnxModel ResNet50(int size = 224, long seed = 1)
    {
        var net = new LargeNets(seed);
        var b = net.builder;
        var x = net.Pool("MaxPool", b.Relu(net.Normalized(b.Input("x", 1, 3, size, size), 64, 7, 2)), 3, 2, 1);
        foreach (var (width, blocks) in new[] { (64, 3), (128, 4), (256, 6), (512, 3) })
        {
            for (var block = 0; block < blocks; block++)
            {
                var stride = block == 0 && width > 64 ? 2 : 1;
                var y = b.Relu(net.Normalized(x, width, 1));
                y = net.Normalized(b.Relu(net.Normalized(y, width, 3, stride)), width * 4, 1);
                x = b.Relu(b.Add(y, block == 0 ? net.Normalized(x, width * 4, 1, stride) : x));
            }
        }

        return net.Classify(x);
    }

    /// <summary>
    /// A net in the manner of ShuffleNet (Zhang and others 2018): grouped Conv, and a channel shuffle of Reshape, Transpose and
    /// Reshape after each, at high resolution.
    /// </summary>
    public static OnnxModel ShuffleNet(int size = 224, long seed = 1)
    {
        var net = new LargeNets(seed);
        var b = net.builder;
        var x = b.Relu(net.Normalized(b.Input("x", 1, 3, size, size), 32, 3));
        foreach (var (channels, blocks) in new[] { (64, 2), (128, 4), (256, 4) })
        {
            x = b.Relu(net.Normalized(x, channels, 3, 2));
            for (var block = 0; block < blocks; block++)
            {
                var y = net.Shuffle(b.Relu(net.Normalized(x, channels, 1, 1, 4)), 4);
                x = b.Relu(b.Add(x, net.Normalized(net.Normalized(y, channels, 3, 1, channels), channels, 1, 1, 4)));
            }
        }

        return net.Classify(x);
    }

    /// <summary>VGG-16 (Simonyan and Zisserman 2015): 13 Conv with bias, Flatten, three Gemm; at 224 x 224 553 MB of weights.</summary>
    public static OnnxModel Vgg16(int size = 224, long seed = 1)
    {
        var b = new LargeNets(seed).builder;
        var x = b.Input("x", 1, 3, size, size);
        foreach (var (channels, convs) in new[] { (64, 2), (128, 2), (256, 3), (512, 3), (512, 3) })
        {
            for (var i = 0; i < convs; i++)
            {
                x = b.Relu(b.Conv(x, channels, 3, pad: 1));
            }

            x = b.MaxPool(x);
        }

        x = b.Relu(b.Gemm(b.Flatten(x), 4096));
        b.Output(b.Gemm(b.Relu(b.Gemm(x, 4096)), Classes));
        return b.Build();
    }

    private OnnxModel Classify(string x)
    {
        builder.Output(builder.Gemm(builder.Flatten(builder.GlobalAveragePool(x)), Classes));
        return builder.Build();
    }

    private string Normalized(string x, int channels, int kernel, int stride = 1, int group = 1) =>
        builder.BatchNormalization(builder.Conv(x, channels, kernel, stride, kernel / 2, group, bias: false));

    private string Silu(string x) => Product(x, builder.Node("Sigmoid", [x], [.. builder.Shape(x)]));

    private string Excite(string x, int narrow)
    {
        var y = Silu(builder.Conv(builder.GlobalAveragePool(x), Math.Max(4, narrow), 1));
        y = builder.Conv(y, builder.Shape(x)[1], 1);
        return Product(x, builder.Node("Sigmoid", [y], [.. builder.Shape(y)]));
    }

    private string Product(string x, string factor) => builder.Node("Mul", [x, factor], [.. builder.Shape(x)]);

    private string Shuffle(string x, int groups)
    {
        var shape = builder.Shape(x);
        var split = Reshaped(x, [shape[0], groups, shape[1] / groups, shape[2], shape[3]]);
        var turned = builder.Node(
            "Transpose",
            [split],
            [shape[0], shape[1] / groups, groups, shape[2], shape[3]],
            ("perm", new AttributeValue.Ints([0, 2, 1, 3, 4])));
        return Reshaped(turned, [.. shape]);
    }

    private string Reshaped(string x, int[] shape)
    {
        var extents = Array.ConvertAll(shape, extent => (long)extent);
        var name = builder.Initializer(builder.NewName("shape"), Core.Tensors.TensorData.From([shape.Length], extents));
        return builder.Node("Reshape", [x, name], shape);
    }

    private string Pool(string opType, string x, int kernel, int stride, int pad)
    {
        var shape = builder.Shape(x);
        int Extent(int extent) => ((extent + (2 * pad) - kernel) / stride) + 1;
        return builder.Node(
            opType,
            [x],
            [shape[0], shape[1], Extent(shape[2]), Extent(shape[3])],
            ("kernel_shape", new AttributeValue.Ints([kernel, kernel])),
            ("strides", new AttributeValue.Ints([stride, stride])),
            ("pads", new AttributeValue.Ints([pad, pad, pad, pad])));
    }
}
