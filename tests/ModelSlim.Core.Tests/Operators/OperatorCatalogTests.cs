using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class OperatorCatalogTests
{
    [Fact]
    public void Every_operator_is_in_the_catalog() => Assert.Equal(
        typeof(Operator).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Operator)) && !type.IsAbstract).Select(type => type.Name).Order(),
        OperatorCatalog.Standard.Operators.Select(op => op.GetType().Name).Distinct().Order());

    // What the specification has, from version 6 of the operator set to version 23.
    private const string Specified =
        """
        Abs Acos Acosh Add AffineGrid And ArgMax ArgMin Asin Asinh Atan Atanh Attention AveragePool BatchNormalization
        Bernoulli BitShift BitwiseAnd BitwiseNot BitwiseOr BitwiseXor BlackmanWindow Cast CastLike Ceil Celu
        CenterCropPad Clip Col2Im Compress Concat ConcatFromSequence Constant ConstantOfShape Conv ConvInteger
        ConvTranspose Cos Cosh CumSum DFT DeformConv DepthToSpace DequantizeLinear Det Div Dropout DynamicQuantizeLinear
        Einsum Elu Equal Erf Exp Expand EyeLike Flatten Floor GRU Gather GatherElements GatherND Gelu Gemm
        GlobalAveragePool GlobalLpPool GlobalMaxPool Greater GreaterOrEqual GridSample GroupNormalization HammingWindow
        HannWindow HardSigmoid HardSwish Hardmax Identity If ImageDecoder InstanceNormalization IsInf IsNaN LRN LSTM
        LayerNormalization LeakyRelu Less LessOrEqual Log LogSoftmax Loop LpNormalization LpPool MatMul MatMulInteger
        Max MaxPool MaxRoiPool MaxUnpool Mean MeanVarianceNormalization MelWeightMatrix Min Mish Mod Mul Multinomial Neg
        NegativeLogLikelihoodLoss NonMaxSuppression NonZero Not OneHot Optional OptionalGetElement OptionalHasElement Or
        PRelu Pad Pow QLinearConv QLinearMatMul QuantizeLinear RMSNormalization RNN RandomNormal RandomNormalLike
        RandomUniform RandomUniformLike Range Reciprocal ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMax
        ReduceMean ReduceMin ReduceProd ReduceSum ReduceSumSquare RegexFullMatch Relu Reshape Resize ReverseSequence
        RoiAlign RotaryEmbedding Round STFT Scan Scatter ScatterElements ScatterND Selu SequenceAt SequenceConstruct
        SequenceEmpty SequenceErase SequenceInsert SequenceLength SequenceMap Shape Shrink Sigmoid Sign Sin Sinh Size
        Slice Softmax SoftmaxCrossEntropyLoss Softplus Softsign SpaceToDepth Split SplitToSequence Sqrt Squeeze
        StringConcat StringNormalizer StringSplit Sub Sum Tan Tanh TfIdfVectorizer ThresholdedRelu Tile TopK Transpose
        Trilu Unique Unsqueeze Upsample Where Xor
        """;

    [Fact]
    public void Every_specified_operator_is_known() => Assert.Equal(
        [],
        Specified.Split((char[])[' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Where(name => OperatorCatalog.Standard.Find(Node(name, "")) is null));

    [Theory]
    [InlineData("", true)]
    [InlineData("ai.onnx", true)]
    [InlineData("com.microsoft", false)]
    public void An_operator_belongs_to_its_domain(string domain, bool known) =>
        Assert.Equal(known, OperatorCatalog.Standard.Find(Node("Conv", domain)) is not null);

    [Fact]
    public void Names_are_matched_letter_by_letter() => Assert.Null(OperatorCatalog.Standard.Find(Node("conv", "")));

    [Fact]
    public void Only_movements_are_run_on_positions()
    {
        Assert.Equal([0], OperatorCatalog.Standard.Movement(Node("Reshape", ""))!.Sources);
        Assert.Null(OperatorCatalog.Standard.Movement(Node("Conv", "")));
        Assert.Null(OperatorCatalog.Standard.Movement(Node("Nothing", "")));
    }

    [Fact]
    public void Two_operators_of_one_name_are_a_mistake() => Assert.Throws<ArgumentException>(() => new OperatorCatalog([new Pool(), new Pool()]));

    private static Node Node(string opType, string domain) => new() { OpType = opType, Domain = domain, Inputs = ["x"], Outputs = ["y"] };
}
