using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Operators;

/// <summary>Operators that no channel gets through, and why.</summary>
public sealed class FrozenOperator : Operator
{
    /// <summary>Why quantized operators stay.</summary>
    internal const string Quantized = "it is quantized, and ModelSlim prunes floating-point weights";
    private const string Selecting = "it selects by value, and what it puts out are places";
    private const string Drawing = "it draws random numbers, and other shapes would draw others";
    private const string Listing = "what its sequence holds is known at run time only";
    private const string Optional = "whether there is a value is known at run time only";
    private const string Text = "it works on text";
    private const string Learning = "it compares with labels, which number the channels";

    private static readonly ImmutableSortedDictionary<string, string> Reasons =
        new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["Bernoulli"] = Drawing,
            ["ConcatFromSequence"] = Listing,
            ["ConvInteger"] = Quantized,
            ["DequantizeLinear"] = Quantized,
            ["DynamicQuantizeLinear"] = Quantized,
            ["ImageDecoder"] = "it decodes files, whose colours are its channels",
            ["MatMulInteger"] = Quantized,
            ["Multinomial"] = Drawing,
            ["NegativeLogLikelihoodLoss"] = Learning,
            ["NonMaxSuppression"] = Selecting,
            ["Optional"] = Optional,
            ["OptionalGetElement"] = Optional,
            ["OptionalHasElement"] = Optional,
            ["QLinearConv"] = Quantized,
            ["QLinearMatMul"] = Quantized,
            ["QuantizeLinear"] = Quantized,
            ["RandomNormal"] = Drawing,
            ["RandomNormalLike"] = Drawing,
            ["RandomUniform"] = Drawing,
            ["RandomUniformLike"] = Drawing,
            ["RegexFullMatch"] = Text,
            ["SequenceAt"] = Listing,
            ["SequenceConstruct"] = Listing,
            ["SequenceEmpty"] = Listing,
            ["SequenceErase"] = Listing,
            ["SequenceInsert"] = Listing,
            ["SequenceLength"] = Listing,
            ["SequenceMap"] = Listing,
            ["SoftmaxCrossEntropyLoss"] = Learning,
            ["SplitToSequence"] = Listing,
            ["StringConcat"] = Text,
            ["StringNormalizer"] = Text,
            ["StringSplit"] = Text,
            ["TfIdfVectorizer"] = "it counts runs of tokens, which number the channels",
            ["Unique"] = Selecting,
        }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    // A number that is a little off stays a little off.
    private static readonly ImmutableHashSet<string> Exact =
    [
        "ConcatFromSequence", "ConvInteger", "DequantizeLinear", "MatMulInteger", "NegativeLogLikelihoodLoss", "Optional", "OptionalGetElement",
        "SequenceAt", "SequenceConstruct", "SequenceErase", "SequenceInsert", "SoftmaxCrossEntropyLoss", "SplitToSequence",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = [.. Reasons.Keys];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node) => Freeze(node, Reasons[node.Node.OpType]);

    /// <inheritdoc/>
    public override string? Barrier(string opType) => Reasons[opType];

    /// <inheritdoc/>
    public override string Silence(Node node) => Reasons[node.OpType];

    /// <inheritdoc/>
    public override bool Counts(Node node) => Reasons[node.OpType] == Selecting;

    /// <inheritdoc/>
    public override bool Jumps(Node node) => !Exact.Contains(node.OpType);

    /// <summary>Freezes every axis of a node.</summary>
    internal static IEnumerable<AxisRelation> Freeze(NodeView node, string reason)
    {
        for (var input = 0; input < node.InputCount; input++)
        {
            for (var axis = 0; node.HasInput(input) && axis < node.InputShape(input).Length; axis++)
            {
                yield return new AxisRelation.Frozen(node.In(input, axis), reason);
            }
        }

        for (var output = 0; output < node.Node.Outputs.Length; output++)
        {
            for (var axis = 0; node.Node.Outputs[output].Length > 0 && axis < node.OutputShape(output).Length; axis++)
            {
                yield return new AxisRelation.Frozen(node.Out(axis, output), reason);
            }
        }
    }
}
