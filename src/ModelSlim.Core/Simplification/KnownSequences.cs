using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Simplification;

/// <summary>
/// Sequences whose members are known: SequenceEmpty, SequenceConstruct, SequenceInsert, SequenceErase, SequenceAt, SequenceLength,
/// SplitToSequence and ConcatFromSequence (ONNX opset 11 to 24) at constant places say no more than Split, Concat and names do.
/// </summary>
/// <param name="graph">The graph that grows.</param>
/// <param name="known">Tells what a value is known to hold.</param>
/// <param name="extents">Extents of a value that can never change; null where they can, or are not known.</param>
internal sealed class KnownSequences(SimpleGraph graph, Func<string, TensorData?> known, Func<string, ImmutableArray<int>?> extents)
{
    private readonly Dictionary<string, ImmutableArray<string>> members = new(StringComparer.Ordinal);

    /// <summary>Takes note of a node that makes a sequence, and replaces what one that reads a known sequence makes.</summary>
    public void See(Node node)
    {
        if (node is not { Domain: "", Outputs: [{ Length: > 0 } output] })
        {
            return;
        }

        switch (node.OpType)
        {
            case "SequenceEmpty":
                members[output] = [];
                break;
            case "SequenceConstruct":
                members[output] = node.Inputs;
                break;
            case "Identity" when members.TryGetValue(node.Inputs[0], out var same):
                members[output] = same;
                break;
            case "SequenceInsert" when members.TryGetValue(node.Inputs[0], out var longer) && Place(node, 2, longer.Length, longer.Length + 1) is { } place:
                members[output] = longer.Insert(place, node.Inputs[1]);
                break;
            case "SequenceErase" when members.TryGetValue(node.Inputs[0], out var shorter) && Place(node, 1, shorter.Length - 1, shorter.Length) is { } place:
                members[output] = shorter.RemoveAt(place);
                break;
            case "SplitToSequence" when Split(node) is { IsDefault: false } parts:
                members[output] = parts;
                break;
            case "SequenceAt" when members.TryGetValue(node.Inputs[0], out var list) && Place(node, 1, -1, list.Length) is { } place:
                graph.Replace(output, list[place]);
                break;
            case "SequenceLength" when members.TryGetValue(node.Inputs[0], out var counted):
                graph.Replace(output, graph.Store($"{output}/value", TensorData.From([], [(long)counted.Length])));
                break;
            case "ConcatFromSequence" when members.TryGetValue(node.Inputs[0], out var parts) && parts.Length > 0:
                graph.Replace(output, Concat(node, parts, $"{output}/value"));
                break;
        }
    }

    // After each other along an axis, or beside each other on a new one.
    private string Concat(Node node, IReadOnlyList<string> parts, string wanted)
    {
        var axis = node.GetInt("axis", 0);
        var isNew = node.GetInt("new_axis", 0) != 0;
        return graph.Add(
            wanted, "Concat", isNew ? [.. parts.Select((part, i) => graph.AddAxis($"{wanted}/{i}", "Unsqueeze", part, axis))] : parts,
            ("axis", new AttributeValue.Int(axis)));
    }

    // A negative place counts from the end; one that is left out is the last.
    private int? Place(Node node, int input, int otherwise, int count)
    {
        if (node.Input(input).Length == 0)
        {
            return otherwise >= 0 ? otherwise : null;
        }

        return Integers(node.Inputs[input]) is [var stated] && stated >= -count && stated < count
            ? (int)(stated < 0 ? stated + count : stated)
            : null;
    }

    private ImmutableArray<string> Split(Node node)
    {
        var axis = node.GetInt("axis", 0);
        var wanted = $"{node.Outputs[0]}/part";
        if (node.Input(1).Length > 0 && known(node.Inputs[1]) is { Shape.Length: 1 })
        {
            return Integers(node.Inputs[1]) is { } sizes ? graph.AddSplit(wanted, node.Inputs[0], axis, [.. sizes]) : default;
        }

        if (extents(node.Inputs[0]) is not { } shape || axis < -shape.Length || axis >= shape.Length)
        {
            return default;
        }

        var extent = shape[(int)(axis < 0 ? axis + shape.Length : axis)];
        var size = node.Input(1).Length == 0 ? 1 : Integers(node.Inputs[1]) is [> 0 and var stated] ? stated : 0;
        if (size == 0 || extent == 0)
        {
            return default;
        }

        var parts = graph.AddSplit(
            wanted, node.Inputs[0], axis, [.. Enumerable.Range(0, (int)((extent + size - 1) / size)).Select(part => Math.Min(size, extent - (part * size)))]);
        return node.Input(1).Length > 0 || node.GetInt("keepdims", 1) != 0
            ? parts
            : [.. parts.Select(part => graph.AddAxis($"{part}/squeezed", "Squeeze", part, axis))];
    }

    private long[]? Integers(string value) =>
        known(value) is { Type: ElementType.Int64 or ElementType.Int32 } stated ? stated.ToInt64s() : null;
}
