using ModelSlim.Core.Graphs;

namespace ModelSlim.Evaluation.Tests.Oracles;

/// <summary>Steps from one value [1, F] to the next that take its features as a sequence: attention and recurrent layers.</summary>
internal sealed class SequenceSteps(NetTape tape)
{
    /// <summary>Makes one step.</summary>
    public string Step(string x)
    {
        var features = tape.Shape(x)[1];
        var steps = tape.Choose(2, 3, 4);
        if (features % steps != 0 || features > 48)
        {
            x = tape.Net.Gemm(x, 4 * steps);
            features = 4 * steps;
        }

        return tape.Choose(2) == 0 ? Attend(tape.Reshape(x, 1, steps, features / steps)) : Recur(tape.Reshape(x, steps, 1, features / steps));
    }

    // Heads of queries, keys and values, each with a width of its own; keys may serve several heads.
    private string Attend(string x)
    {
        var (heads, width, values) = (tape.Choose(1, 2, 3, 4), tape.Choose(1, 2, 3), tape.Choose(1, 2, 3));
        var shared = heads % 2 == 0 && tape.Choose(2) == 0 ? 2 : 1;
        var (q, k, v) = (Heads(x, heads, width, 1), Heads(x, heads, width, shared), Heads(x, heads, values, shared));
        var steps = tape.Shape(x)[1];
        string y;
        if (tape.Choose(3) == 0)
        {
            var scores = tape.Node("MatMul", [q, tape.Transpose(k, 0, 1, 3, 2)], [1, heads, steps, steps]);
            if (tape.Choose(2) == 0)
            {
                scores = tape.Node("Add", [scores, tape.Weights(1, heads, 1, steps)], [1, heads, steps, steps]);
            }

            var shares = tape.Node("Softmax", [scores], [1, heads, steps, steps], ("axis", new AttributeValue.Int(3)));
            y = tape.Node("MatMul", [shares, v], [1, heads, steps, values]);
            y = tape.Transpose(y, 0, 2, 1, 3);
        }
        else
        {
            // Joined heads into the fused operator, which takes them apart again.
            string Join(string value) => tape.Reshape(tape.Transpose(value, 0, 2, 1, 3), 1, steps, heads * tape.Shape(value)[3]);
            y = tape.Net.Fused(
                "MultiHeadAttention", [Join(q), Join(k), Join(v)], [1, steps, heads * values], ("num_heads", new AttributeValue.Int(heads)));
        }

        return tape.Reshape(y, 1, steps * heads * values);
    }

    private string Heads(string x, int heads, int width, int shared)
    {
        var (steps, features, own) = (tape.Shape(x)[1], tape.Shape(x)[2], heads / shared);
        var y = tape.Node("MatMul", [x, tape.Weights(features, features, own * width)], [1, steps, own * width]);
        y = tape.Node("Add", [y, tape.Weights(3, own * width)], [1, steps, own * width]);
        y = tape.Transpose(tape.Reshape(y, 1, steps, own, width), 0, 2, 1, 3);
        if (shared == 1)
        {
            return y;
        }

        y = tape.Node("Unsqueeze", [y, tape.Sizes(2)], [1, own, 1, steps, width]);
        return tape.Reshape(tape.Net.Concat(2, y, y), 1, heads, steps, width);
    }

    private string Recur(string x)
    {
        var (op, gates) = tape.Choose(("RNN", 1), ("GRU", 3), ("LSTM", 4));
        var (units, directions) = (tape.Choose(2, 3, 5), tape.Choose(1, 2));
        var (steps, features) = (tape.Shape(x)[0], tape.Shape(x)[2]);
        List<string> inputs =
        [
            x, tape.Weights(features, directions, gates * units, features), tape.Weights(units, directions, gates * units, units),
            tape.Choose(2) == 0 ? tape.Weights(3, directions, 2 * gates * units) : "",
        ];
        if (tape.Choose(2) == 0)
        {
            inputs.AddRange(["", tape.Weights(3, directions, 1, units)]);
        }

        var outputs = tape.Net.Nodes(
            op, [.. inputs], [[steps, directions, 1, units], [directions, 1, units]],
            ("hidden_size", new AttributeValue.Int(units)),
            ("direction", new AttributeValue.Text(directions == 2 ? "bidirectional" : tape.Choose("forward", "reverse"))));
        return tape.Choose(2) == 0
            ? tape.Reshape(tape.Transpose(outputs[1], 1, 0, 2), 1, directions * units)
            : tape.Reshape(tape.Transpose(outputs[0], 2, 0, 1, 3), 1, steps * directions * units);
    }
}
