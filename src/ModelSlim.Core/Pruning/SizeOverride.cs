using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Pruning;

/// <summary>
/// Brings computed integers to other values: each is multiplied by what is wanted and divided by what is there. An extent that a
/// dynamic axis multiplies, such as batch times heads, so becomes right at all sizes, and an element that is right stays as it is
/// computed.
/// </summary>
internal static class SizeOverride
{
    /// <summary>Nodes that compute the wanted values.</summary>
    /// <param name="from">The computed value.</param>
    /// <param name="to">Name for the result.</param>
    /// <param name="type">Element type: int64 or int32.</param>
    /// <param name="shape">Shape of both: a list or a scalar.</param>
    /// <param name="now">What is computed.</param>
    /// <param name="wanted">What is wanted.</param>
    /// <param name="store">Stores a constant beside a name, and gives the name it got.</param>
    public static IEnumerable<Node> Scale(
        string from,
        string to,
        ElementType type,
        ImmutableArray<int> shape,
        ImmutableArray<long> now,
        ImmutableArray<long> wanted,
        Func<string, TensorData, string> store)
    {
        // What is 0 cannot be scaled; it gets the wanted value added.
        var scaled = now.Select((number, i) => number != wanted[i] && number != 0).ToArray();
        (string OpType, long[] Operand, long Neutral)[] steps =
        [
            ("Mul", [.. now.Select((_, i) => scaled[i] ? wanted[i] : 1)], 1),
            ("Div", [.. now.Select((number, i) => scaled[i] ? number : 1)], 1),
            ("Add", [.. now.Select((number, i) => number == 0 ? wanted[i] : 0)], 0),
        ];
        var needed = steps.Where(step => step.Operand.Any(operand => operand != step.Neutral)).ToArray();
        for (var i = 0; i < needed.Length; i++)
        {
            var (opType, operand, _) = needed[i];
            var result = i == needed.Length - 1 ? to : $"{to}/{opType}";
            yield return new Node
            {
                OpType = opType,
                Inputs = [from, store($"{to}/{opType}/by", TensorData.Integers(type, shape, operand))],
                Outputs = [result],
            };
            from = result;
        }
    }
}
