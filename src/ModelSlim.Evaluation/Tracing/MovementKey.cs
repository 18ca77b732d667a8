using System.Globalization;
using System.Text;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;
using ModelSlim.Evaluation.Sessions;

namespace ModelSlim.Evaluation.Tracing;

/// <summary>What decides how a node moves elements: nodes of a model with the same key move alike.</summary>
internal static class MovementKey
{
    private const int LargestBytes = 1 << 12;

    /// <summary>The key; null where it would be long, or attributes are of a kind that none is made of.</summary>
    /// <param name="node">The node.</param>
    /// <param name="movement">Which of its inputs are moved.</param>
    /// <param name="values">Traced values, constants included.</param>
    public static string? Of(Node node, DataMovement movement, IReadOnlyDictionary<string, TracedValue> values)
    {
        var key = new StringBuilder(node.Domain).Append(':').Append(node.OpType);
        foreach (var (name, value) in node.Attributes)
        {
            if (Text(value) is not { } text)
            {
                return null;
            }

            key.Append('|').Append(name).Append('=').Append(text);
        }

        for (var input = 0; input < node.Inputs.Length; input++)
        {
            key.Append('|');
            if (node.Inputs[input].Length == 0)
            {
                continue;
            }

            var traced = values[node.Inputs[input]];
            key.Append(input).Append(traced.Type).AppendJoin(',', traced.Shape);
            if (movement.Sources.Contains(input) || input == movement.FillInput)
            {
                continue;
            }

            if (traced.Data!.Bytes.Length > LargestBytes)
            {
                return null;
            }

            key.Append('=').Append(Convert.ToHexString(traced.Data.Bytes.Span));
        }

        return key.Append('|').AppendJoin(',', node.Outputs.Select(output => output.Length > 0)).ToString();
    }

    private static string? Text(AttributeValue value) => value switch
    {
        AttributeValue.Int number => number.Value.ToString(CultureInfo.InvariantCulture),
        AttributeValue.Ints numbers => string.Join(',', numbers.Values),
        AttributeValue.Float number => BitConverter.SingleToInt32Bits(number.Value).ToString(CultureInfo.InvariantCulture),
        AttributeValue.Text text => $"{text.Value.Length}:{text.Value}",
        _ => null,
    };
}
