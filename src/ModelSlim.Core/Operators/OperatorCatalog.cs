using System.Collections.Immutable;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Operators;

/// <summary>The operators ModelSlim knows. What is not here freezes what it touches.</summary>
public sealed class OperatorCatalog
{
    private readonly ImmutableSortedDictionary<string, Operator> byName;

    /// <summary>Makes a catalog.</summary>
    public OperatorCatalog(IEnumerable<Operator> operators)
    {
        Operators = [.. operators];
        byName = Operators
            .SelectMany(op => op.OpTypes.Select(name => KeyValuePair.Create(Key(op.Domain, name), op)))
            .ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    /// <summary>Every operator that ModelSlim ships.</summary>
    public static OperatorCatalog Standard { get; } = new(
    [
        new Convolution(),
        new BatchNormalization(),
        new Gemm(),
        new MatMul(),
        new Unary(),
        new Broadcast(),
        new Pool(),
        new Reshaping(),
        new Concat(),
        new Constant(),

        // What moves data and computes with shapes.
        new BlockColumns(),
        new BlockSpace(),
        new CenterCropPad(),
        new ConstantOfShape(),
        new ControlFlow(),
        new ElementGather(),
        new Expansion(),
        new Gather(),
        new Pad(),
        new Resize(),
        new ReverseSequence(),
        new ShapeReader(),
        new Slice(),
        new SliceGather(),
        new Split(),
        new Standing(),
        // Products and sums.
        new ConvolutionTranspose(),
        new DeformableConvolution(),
        new FusedConvolution(),
        new FusedGemm(),
        new FusedMatMul(),
        new Einsum(),
        new Reduction(),
        new AxisSum(),
        new Spectrum(),
        new Matrices(""),
        new Matrices("com.microsoft"),

        // Normalizations.
        new InstanceNormalization(),
        new LayerNormalization(),
        new SkipLayerNormalization(),
        new EmbedLayerNormalization(),
        new GroupNormalization(),
        new LocalResponseNormalization(),
        new MeanVarianceNormalization(),
        new Softmax(),

        // Element by element, place by place.
        new FusedElementwise(),
        new RegionPool(),
        new GridSample(""),
        new GridSample("com.microsoft"),
        new AffineGrid(),
        new PictureScaling(),
        new MaxUnpool(),

        // What channels do not get through.
        new Ranking(),
        new FrozenOperator(),
        new QuantizedContribution(),
        new Recurrent(),
        new Attention(),
        new PackedAttention(),
        new MultiHeadAttention(),
        new GroupQueryAttention(),
        new RotaryEmbedding(""),
        new RotaryEmbedding("com.microsoft"),
    ]);

    /// <summary>The operators, each once.</summary>
    public ImmutableArray<Operator> Operators { get; }

    /// <summary>The operator of a node, or null where the catalog has none.</summary>
    public Operator? Find(Node node) => byName.GetValueOrDefault(Key(node.Domain, node.OpType));

    /// <summary>How a node moves elements, where it only does that.</summary>
    public DataMovement? Movement(Node node) => Find(node)?.Movement(node);

    private static string Key(string domain, string opType) =>
        $"{(domain == "ai.onnx" ? "" : domain)}:{opType}";
}
