using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Evaluation.Repair;

/// <summary>Reads nodes that are linear in a stored weight.</summary>
/// <param name="index">The graph.</param>
/// <param name="trace">Its traced shapes.</param>
internal sealed class LayerForms(GraphIndex index, ValueTrace trace)
{
    private const string Microsoft = "com.microsoft";

    /// <summary>How a node reads its weight; null where it has none, or one that cannot be fitted.</summary>
    public LayerForm? Of(Node node) => (node.Domain, node.OpType) switch
    {
        ("", "Conv") => Convolution(node, false),
        ("", "ConvTranspose") => Convolution(node, true),
        (Microsoft, "FusedConv") => Fused(node, Convolution(node, false)) is { } fused ? fused with { Beside = 3 } : null,
        ("", "Gemm") => Gemm(node),
        (Microsoft, "FusedGemm") => Fused(node, Gemm(node)),
        ("", "MatMul") => MatMul(node, false, false),
        (Microsoft, "FusedMatMul") when node.GetInt("transBatchA", 0) == 0 && node.GetInt("transBatchB", 0) == 0 =>
            MatMul(node, node.GetInt("transA", 0) != 0, node.GetInt("transB", 0) != 0) is { } product
                ? product with { Scale = node.GetFloat("alpha", 1) }
                : null,
        ("", "Einsum") => Einsum(node),
        ("", "LSTM" or "GRU" or "RNN") => IsStored(node, 0, 1) ? Inside(node, node.GetInt("layout", 0) == 0 ? "tni" : "nti", "dgi", "tndg", 3) : null,
        (Microsoft, "Attention") => IsStored(node, 0, 1) ? Inside(node, "bsi", "io", "bso", 2) : null,
        _ => null,
    };

    private LayerForm? Convolution(Node node, bool transposed)
    {
        // Where the padding follows from the output's size, implementations differ about the side of an odd place.
        var stated = !transposed || (node.GetInts("output_shape").IsDefaultOrEmpty && node.GetText("auto_pad", "NOTSET") is "NOTSET" or "VALID");
        return stated && IsStored(node, 0, 1) && Rank(node, 1) > 2 ? new ConvolutionForm(node, transposed) { Bias = 2 } : null;
    }

    private LayerForm? Gemm(Node node)
    {
        var a = node.GetInt("transA", 0) != 0 ? "km" : "mk";
        var b = node.GetInt("transB", 0) != 0 ? "nk" : "kn";
        var form = Product(node, a, b, "mn");
        return form is null ? null : form with { Bias = 2, Scale = node.GetFloat("alpha", 1), BiasScale = node.GetFloat("beta", 1) };
    }

    // The letters of the axes before the last two are counted from the end, so that they meet those of the other factor.
    private ProductForm? MatMul(Node node, bool transA, bool transB)
    {
        var (a, b) = (Shape(node, 0), Shape(node, 1));
        if (a.IsDefaultOrEmpty || b.IsDefaultOrEmpty || Math.Max(a.Length, b.Length) > 8)
        {
            return null;
        }

        var rank = Math.Max(a.Length, b.Length);
        string Batch(ImmutableArray<int> shape, ImmutableArray<int> other, bool mayRepeat) => string.Concat(Enumerable.Range(0, Math.Max(0, shape.Length - 2)).Select(axis =>
            mayRepeat && shape[axis] == 1 && shape.Length - axis <= other.Length && other[axis + other.Length - shape.Length] > 1
                ? ProductLayout.Broadcast : (char)('A' + shape.Length - axis)));
        var aLetters = Batch(a, b, true) + (a.Length == 1 ? "k" : transA ? "km" : "mk");
        var bLetters = Batch(b, a, true) + (b.Length == 1 ? "k" : transB ? "nk" : "kn");
        var batch = string.Concat(Enumerable.Range(0, Math.Max(0, rank - 2)).Select(axis => (char)('A' + rank - axis)));
        // A stored factor with a batch of 1 is the same for every sample, of which there may be more than were traced.
        (aLetters, bLetters) = index.Constant(node.Input(1)) is not null
            ? (aLetters, Repeated(bLetters, b)) : (Repeated(aLetters, a), bLetters);
        return Product(node, aLetters, bLetters, batch + (a.Length > 1 ? "m" : "") + (b.Length > 1 ? "n" : ""));
    }

    private static string Repeated(string letters, ImmutableArray<int> shape) => string.Concat(letters.Select((letter, axis) =>
        axis < shape.Length - 2 && shape[axis] == 1 ? ProductLayout.Broadcast : letter));

    private ProductForm? Einsum(Node node)
    {
        var sides = node.GetText("equation", "").Replace(" ", "", StringComparison.Ordinal).Split("->");
        return sides is [var terms, var output] && terms.Split(',') is [var a, var b] && (terms + output).All(c => char.IsAsciiLetter(c) || c == ',')
            ? Product(node, a, b, output)
            : null;
    }

    private ProductForm? Product(Node node, string a, string b, string output) =>
        IsStored(node, 0, 1) ? new ProductForm(node, 0, 1, a, b, output)
        : IsStored(node, 1, 0) ? new ProductForm(node, 1, 0, b, a, output)
        : null;

    private static ProductForm Inside(Node node, string input, string weight, string output, int bias) =>
        new(node, 0, 1, input, weight, output) { IsInside = true, Bias = bias };

    // After another activation than a clipping one, what comes out does not say what went in.
    private static LayerForm? Fused(Node node, LayerForm? form)
    {
        var parameters = node.Attributes.TryGetValue("activation_params", out var value) && value is AttributeValue.Floats floats
            ? floats.Values : [];
        return (node.GetText("activation", ""), parameters) switch
        {
            ("", _) => form,
            ("Relu", _) when form is not null => form with { Activation = new Bounds(0, float.PositiveInfinity) },
            ("Clip", [var low, var high]) when form is not null => form with { Activation = new Bounds(low, high) },
            _ => null,
        };
    }

    private bool IsStored(Node node, int input, int weight) =>
        index.Constant(node.Input(weight)) is { Type: ElementType.Float or ElementType.Float16 }
        && index.Consumers(node.Input(weight)).Count == 1 && !index.IsOutput(node.Input(weight))
        && node.Input(input).Length > 0 && index.Constant(node.Input(input)) is null && trace.Shapes.ContainsKey(node.Input(input));

    private int Rank(Node node, int input) => Shape(node, input) is { IsDefault: false } shape ? shape.Length : 0;

    private ImmutableArray<int> Shape(Node node, int input) => trace.Shapes.GetValueOrDefault(node.Input(input));
}
