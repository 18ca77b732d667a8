using System.Collections.Immutable;
using Google.Protobuf.Collections;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx.Protobuf;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Onnx;

/// <summary>
/// Makes a graph message (ONNX <c>GraphProto</c>) say what a graph says. A node is the same node as before where its first
/// output has the same name. Shapes of inner values (<c>value_info</c>) are dropped, because a change anywhere may change them.
/// </summary>
internal static class GraphPatch
{
    /// <summary>Applies the differences.</summary>
    /// <param name="target">The message; changed in place.</param>
    /// <param name="before">What <paramref name="target"/> says; null where it is new.</param>
    /// <param name="after">What it shall say.</param>
    /// <param name="initializersAreInputs">
    /// True in files of IR version 3 and older, which list every initializer as an input.
    /// </param>
    public static void Apply(GraphProto target, Graph? before, Graph after, bool initializersAreInputs)
    {
        if ((before?.Name ?? "") != after.Name)
        {
            target.Name = after.Name;
        }

        ApplyNodes(target, before, after);
        var storedBefore = Stored(target);
        ApplyInitializers(target, before, after);
        ApplyInputs(target, after, storedBefore, initializersAreInputs);
        Replace(target.Output, Declare(target.Output, after.Outputs));
        target.ValueInfo.Clear();
    }

    private static void ApplyNodes(GraphProto target, Graph? before, Graph after)
    {
        var oldMessages = target.Node.GroupBy(node => Key(node.Output, node.Name), StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        var oldNodes = (before?.Nodes ?? []).GroupBy(node => Key(node.Outputs, node.Name), StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        var messages = new List<NodeProto>(after.Nodes.Length);
        foreach (var node in after.Nodes)
        {
            var key = Key(node.Outputs, node.Name);
            if (!oldMessages.Remove(key, out var message))
            {
                message = new NodeProto();
            }

            NodePatch.Apply(message, oldNodes.GetValueOrDefault(key), node);
            DropInnerShapes(message);
            messages.Add(message);
        }

        Replace(target.Node, messages);
    }

    private static string Key(IEnumerable<string> outputs, string name) =>
        outputs.FirstOrDefault(output => output.Length > 0) ?? $"\0{name}";

    private static void DropInnerShapes(NodeProto node)
    {
        foreach (var graph in node.Attribute.SelectMany(
            attribute => attribute.G is null ? attribute.Graphs : attribute.Graphs.Prepend(attribute.G)))
        {
            graph.ValueInfo.Clear();
            foreach (var inner in graph.Node)
            {
                DropInnerShapes(inner);
            }
        }
    }

    private static void ApplyInitializers(GraphProto target, Graph? before, Graph after)
    {
        var known = before?.Initializers ?? ImmutableDictionary<string, TensorData>.Empty;
        var left = new SortedDictionary<string, TensorData>(after.Initializers, StringComparer.Ordinal);
        var messages = new List<TensorProto>(target.Initializer.Count);
        foreach (var message in target.Initializer)
        {
            var old = known.GetValueOrDefault(message.Name);
            if (left.Remove(message.Name, out var data))
            {
                if (old is null || !GraphComparison.Same(old, data))
                {
                    TensorPatch.Apply(message, data);
                }

                messages.Add(message);
            }
            else if (old is null)
            {
                messages.Add(message);
            }
        }

        foreach (var message in target.SparseInitializer.ToList())
        {
            // What is no longer what it was is stored as a whole; whoever wants it smaller makes it so.
            if (known.TryGetValue(message.Values?.Name ?? "", out var old)
                && !(left.TryGetValue(message.Values!.Name, out var data) && GraphComparison.Same(old, data) && left.Remove(message.Values.Name)))
            {
                target.SparseInitializer.Remove(message);
            }
        }

        foreach (var (name, data) in left)
        {
            var message = new TensorProto { Name = name };
            TensorPatch.Apply(message, data);
            messages.Add(message);
        }

        Replace(target.Initializer, messages);
    }

    private static void ApplyInputs(GraphProto target, Graph after, HashSet<string> storedBefore, bool initializersAreInputs)
    {
        var stored = Stored(target);
        var tensors = target.Initializer.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        var declared = target.Input
            .Where(input => storedBefore.Contains(input.Name) && stored.Contains(input.Name))
            .ToList();
        foreach (var input in declared.Where(input => tensors.ContainsKey(input.Name)))
        {
            ValuePatch.Apply(input, Declaration(tensors[input.Name]));
        }

        var fed = Declare(target.Input, after.Inputs);
        var kept = fed.Concat(declared).Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        var survivors = target.Input.Where(input => kept.Contains(input.Name)).ToList();
        var sameOrder = survivors.Where(input => !stored.Contains(input.Name)).SequenceEqual(fed);
        List<ValueInfoProto> inputs = sameOrder ? survivors : [.. fed, .. declared];
        if (initializersAreInputs)
        {
            foreach (var tensor in target.Initializer.Where(tensor => !kept.Contains(tensor.Name)))
            {
                var input = new ValueInfoProto();
                ValuePatch.Apply(input, Declaration(tensor));
                inputs.Add(input);
            }
        }

        Replace(target.Input, inputs);
    }

    private static HashSet<string> Stored(GraphProto graph) => graph.Initializer.Select(tensor => tensor.Name)
        .Concat(graph.SparseInitializer.Select(tensor => tensor.Values?.Name ?? ""))
        .ToHashSet(StringComparer.Ordinal);

    private static GraphValue Declaration(TensorProto tensor) => new(
        tensor.Name,
        tensor.DataType <= (int)ElementType.BFloat16 ? (ElementType)tensor.DataType : ElementType.Undefined,
        [.. tensor.Dims.Select(extent => new Dimension((int)extent, null))]);

    private static List<ValueInfoProto> Declare(RepeatedField<ValueInfoProto> old, ImmutableArray<GraphValue> values)
    {
        var messages = new List<ValueInfoProto>(values.Length);
        foreach (var value in values)
        {
            var message = old.FirstOrDefault(message => message.Name == value.Name) ?? new ValueInfoProto();
            ValuePatch.Apply(message, value);
            messages.Add(message);
        }

        return messages;
    }

    private static void Replace<T>(RepeatedField<T> target, IReadOnlyCollection<T> items)
    {
        if (!target.SequenceEqual(items))
        {
            target.Clear();
            target.AddRange(items);
        }
    }
}
