using System.Collections.Immutable;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Training.Kernels;

/// <summary>The kernels, by operator domain and name.</summary>
public sealed class KernelRegistry
{
    private readonly ImmutableSortedDictionary<string, Kernel> byName;

    /// <summary>Makes a registry.</summary>
    public KernelRegistry(IEnumerable<Kernel> kernels)
    {
        Kernels = [.. kernels];
        byName = Kernels
            .SelectMany(kernel => kernel.OpTypes.Select(name => KeyValuePair.Create(Key(kernel.Domain, name), kernel)))
            .ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    /// <summary>Every kernel that ModelSlim ships.</summary>
    public static KernelRegistry Standard { get; } = new(
    [
        new Activation(),
        new AffineGrid(),
        new Attention(),
        new AveragePool(),
        new BatchNormalization(),
        new Bitwise(),
        new BlockColumns(),
        new Broadcast(),
        new Cast(),
        new CenterCropPad(),
        new Clip(),
        new Comparison(),
        new Concat(),
        new ConstantOfShape(),
        new Conv(),
        new ConvTranspose(),
        new CumSum(),
        new DeformConv(),
        new DepthSpace(),
        new Determinant(),
        new Diagonal(),
        new Dropout(),
        new Einsum(),
        new EmbedLayerNormalization(),
        new Expand(),
        new Extreme(),
        new Flatten(),
        new FusedConv(),
        new FusedGelu(),
        new FusedGemm(),
        new FusedMatMul(),
        new GatedRecurrentUnit(),
        new Gather(),
        new GatherElements(),
        new GatherND(),
        new Gemm(),
        new GlobalPool(),
        new GridSample(""),
        new GridSample("com.microsoft"),
        new GroupNormalization(),
        new GroupQueryAttention(),
        new HardSigmoid(),
        new HardSwish(),
        new Identity(),
        new LayerNormalization(),
        new LeakyRelu(),
        new LocalResponse(),
        new LongShortTermMemory(),
        new LpNormalization(),
        new LpPool(),
        new MatMul(),
        new MaxPool(),
        new MaxRoiPool(),
        new MaxUnpool(),
        new MeanVariance(),
        new Modulo(),
        new MultiHeadAttention(),
        new OneHot(),
        new PRelu(),
        new PackedAttention(),
        new Pad(),
        new PictureScaling(),
        new Power(),
        new Reduction(),
        new Relu(),
        new Reshape(),
        new Resize(),
        new ReverseSequence(),
        new RoiAlign(),
        new RotaryEmbedding(""),
        new RotaryEmbedding("com.microsoft"),
        new ScatterElements(),
        new ScatterND(),
        new Selection(),
        new SequenceOfNumbers(),
        new Shape(),
        new ShortTimeSpectrum(),
        new Sigmoid(),
        new SignalWindow(),
        new SimpleRecurrence(),
        new SkipLayerNormalization(),
        new Slice(),
        new Softmax(),
        new Spectrum(),
        new Split(),
        new Squeeze(),
        new Tile(),
        new TopK(),
        new Transpose(),
        new Triangle(""),
        new Triangle("com.microsoft"),
        new Unary(),
        new Unsqueeze(),
        new Variadic(),
        new Where(),
    ]);

    /// <summary>The kernels, each once.</summary>
    public ImmutableArray<Kernel> Kernels { get; }

    /// <summary>The kernel of a node, or null where there is none.</summary>
    public Kernel? Find(Node node) => byName.GetValueOrDefault(Key(node.Domain, node.OpType));

    private static string Key(string domain, string opType) => $"{(domain == "ai.onnx" ? "" : domain)}:{opType}";
}
