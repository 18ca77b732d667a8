using ModelSlim.Core.Graphs;

namespace ModelSlim.Evaluation.Tests.Oracles;

/// <summary>Steps from one value [1, F] to the next, with other values of the net at hand.</summary>
internal sealed class FeatureSteps(NetTape tape)
{
    private const int Widest = 100;

    private readonly List<string> matrices = [];

    /// <summary>Makes one step.</summary>
    /// <param name="x">The value to go on from.</param>
    /// <param name="others">All values [1, F] made so far, this one among them.</param>
    public string Step(string x, IReadOnlyList<string> others)
    {
        var shape = tape.Shape(x);
        if (shape[1] > Widest)
        {
            return Gemm(x, 12);
        }

        var same = others.LastOrDefault(value => tape.Shape(value)[1] == shape[1] && tape.Choose(2) == 0) ?? x;
        switch (tape.Choose(12))
        {
            case 0:
                return Gemm(x, tape.Choose(6, 8, 12));
            case 1:
                return MatMul(x, tape.Choose(6, 8, 12));
            case 2:
                return tape.Node(tape.Choose("Relu", "Tanh", "Sigmoid", "Elu"), [x], [.. shape]);
            case 3:
                return tape.Node(tape.Choose("Add", "Sub", "Min"), [x, same], [.. shape]);
            case 4:
                return tape.Net.Concat(1, x, same);
            case 5:
                return tape.Net.BatchNormalization(x);
            case 6:
                return Rows(x);
            case 7:
                return shape[1] % 2 == 0 ? Split(x) : Gemm(x, 8);
            case 8:
                var matrix = matrices.LastOrDefault(name => tape.Shape(name)[0] == shape[1]);
                return matrix is null ? MatMul(x, 6) : tape.Node("MatMul", [x, matrix], [1, tape.Shape(matrix)[1]]);
            case 9:
                var tied = matrices.LastOrDefault(name => tape.Shape(name)[1] == shape[1]);
                return tied is null ? MatMul(x, 8) : tape.Node("MatMul", [x, tape.Transpose(tied, 1, 0)], [1, tape.Shape(tied)[0]]);
            case 10:
                return Product(x, same);
            default:
                var column = tape.Node("Unsqueeze", [x, tape.Sizes(2)], [1, shape[1], 1]);
                return tape.Node("Squeeze", [tape.Net.Relu(column), tape.Sizes(2)], [1, shape[1]]);
        }
    }

    private string MatMul(string x, int features)
    {
        var from = tape.Shape(x)[1];
        matrices.Add(tape.Weights(from, from, features));
        return tape.Node("MatMul", [x, matrices[^1]], [1, features]);
    }

    private string Gemm(string x, int features)
    {
        var from = tape.Shape(x)[1];
        var transposed = tape.Choose(2);
        var weights = transposed == 0 ? tape.Weights(from, from, features) : tape.Weights(from, features, from);
        string[] inputs = tape.Choose(5) switch
        {
            0 => [x, weights, tape.Weights(10, features)],
            1 => [x, weights, tape.Weights(10, 1, features)],
            2 => [x, weights, tape.Weights(10, 1, 1)],
            3 => [x, weights, tape.Weights(10)],
            _ => [x, weights],
        };
        return tape.Node(
            "Gemm", inputs, [1, features], ("transB", new AttributeValue.Int(transposed)), ("alpha", new AttributeValue.Float(0.5f)));
    }

    // Rows that one matrix serves, as heads or positions do: [1, F] to [1, R, F / R], a product, and back.
    private string Rows(string x)
    {
        var features = tape.Shape(x)[1];
        var rows = tape.Choose(2, 3, 4);
        if (features % rows != 0)
        {
            return tape.Net.Relu(x);
        }

        var split = tape.Reshape(x, 1, rows, features / rows);
        var to = tape.Choose(3, 4);
        var y = tape.Node("MatMul", [split, tape.Weights(features / rows, features / rows, to)], [1, rows, to]);
        var turned = tape.Choose(2) == 0 ? y : tape.Transpose(y, 0, 2, 1);
        return tape.Reshape(turned, 1, rows * to);
    }

    // Of two computed values, as attention makes it: [1, F, 1] times [1, 1, F] and what is left of that, or a sum over all of F.
    private string Product(string x, string y)
    {
        var features = tape.Shape(x)[1];
        var (row, column) = (tape.Reshape(x, 1, 1, features), tape.Node("Unsqueeze", [y, tape.Sizes(2)], [1, features, 1]));
        if (features > 12)
        {
            return Gemm(x, 4);
        }

        return tape.Choose(2) == 0
            ? tape.Net.Flatten(tape.Node("MatMul", [row, column], [1, 1, 1]))
            : tape.Net.Flatten(tape.Node("MatMul", [column, row], [1, features, features]));
    }

    // Splits in two ways what is joined again: an axis of two, and one that only the Reshape knows.
    private string Split(string x)
    {
        var half = tape.Shape(x)[1] / 2;
        var pairs = tape.Choose(2) == 0 ? tape.Reshape(x, 1, half, 2) : tape.Reshape(x, 1, 2, half);
        var scaled = tape.Node("Mul", [pairs, tape.Weights(3, tape.Shape(pairs)[1], 1)], [.. tape.Shape(pairs)]);
        return tape.Reshape(tape.Choose(2) == 0 ? scaled : tape.Transpose(scaled, 0, 2, 1), 1, 2 * half);
    }
}
