using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Sessions;

namespace ModelSlim.Evaluation.Tracing;

/// <summary>
/// Follows the elements through a node that only moves data: the node runs alone on tensors that hold positions instead of
/// data, and where each position comes out says where each element came from. No operator needs an index map of its own.
/// One tracer is for one model: nodes that move alike share what was found.
/// </summary>
internal sealed class MovementTracer
{
    // Most kernels take int32 or int64; double and float hold positions exactly up to 2^53 and 2^24.
    private static readonly ElementType[] PositionTypes = [ElementType.Int32, ElementType.Int64, ElementType.Double, ElementType.Float];
    private const long LargestSingle = 1 << 24;

    private readonly SessionFactory sessions;

    // The blocks of a net repeat each other.
    private readonly Dictionary<string, Movement?[]> known = new(StringComparer.Ordinal);

    /// <summary>Makes a tracer.</summary>
    public MovementTracer(SessionFactory sessions)
    {
        this.sessions = sessions;
    }

    /// <summary>Movement of each output of a node; nothing where the node does not run on positions.</summary>
    /// <param name="model">The model the node is of.</param>
    /// <param name="node">The node.</param>
    /// <param name="movement">Which of its inputs are moved.</param>
    /// <param name="values">Traced values, constants included.</param>
    /// <param name="cancellation">Stops the work.</param>
    public IEnumerable<(string Output, Movement Movement)> Trace(
        OnnxModel model,
        Node node,
        DataMovement movement,
        IReadOnlyDictionary<string, TracedValue> values,
        CancellationToken cancellation)
    {
        if (node.Inputs.Where((name, i) => name.Length > 0
            && !(values.TryGetValue(name, out var value) && (value.Data is not null || movement.Sources.Contains(i) || i == movement.FillInput))).Any())
        {
            return [];
        }

        var key = MovementKey.Of(node, movement, values);
        if (key is null || !known.TryGetValue(key, out var found))
        {
            found = Follow(model, node, movement, values, cancellation);
            if (key is not null)
            {
                known[key] = found;
            }
        }

        return node.Outputs.Where(output => output.Length > 0).Zip(found)
            .Where(output => output.Second is not null)
            .Select(output => (output.First, output.Second!));
    }

    // Of each output that is given, in order; null where what comes out is no position.
    private Movement?[] Follow(
        OnnxModel model,
        Node node,
        DataMovement movement,
        IReadOnlyDictionary<string, TracedValue> values,
        CancellationToken cancellation)
    {
        var starts = new List<(int Input, int First, int Count)>();
        var next = 1L;
        foreach (var input in movement.Sources)
        {
            var count = TensorData.Count(values[node.Inputs[input]].Shape);
            if (next + count > int.MaxValue)
            {
                return [];
            }

            starts.Add((input, (int)next, (int)count));
            next += count;
        }

        foreach (var type in PositionTypes.Where(t => t != ElementType.Float || next <= LargestSingle))
        {
            if (Run(model, node, movement, values, starts, type, cancellation) is { } outputs)
            {
                return [.. outputs.Select(output => output is not null && IsPosition(output.Type) ? Read(output, starts) : null)];
            }
        }

        return [];
    }

    private TensorData?[]? Run(
        OnnxModel model,
        Node node,
        DataMovement movement,
        IReadOnlyDictionary<string, TracedValue> values,
        List<(int Input, int First, int Count)> starts,
        ElementType type,
        CancellationToken cancellation)
    {
        var fed = new List<TensorData>();
        var names = ImmutableArray.CreateBuilder<string>();
        for (var i = 0; i < node.Inputs.Length; i++)
        {
            if (node.Inputs[i].Length == 0)
            {
                names.Add("");
                continue;
            }

            var traced = values[node.Inputs[i]];
            var start = starts.FirstOrDefault(s => s.Input == i, (Input: -1, First: -1, Count: 0));
            // A fill is an element of no input: 0, which no position is.
            fed.Add(start.Input == i ? Positions(type, traced.Shape, start.First)
                : i == movement.FillInput ? Positions(type, traced.Shape, 0)
                : traced.Data!);
            names.Add($"in{i}");
        }

        var single = node with { Inputs = names.ToImmutable() };
        if (movement.FillAttribute is { } fill && node.Attributes.ContainsKey(fill))
        {
            single = single.With(fill, new AttributeValue.Float(0));
        }

        var graph = new Graph
        {
            Inputs =
            [
                .. names.Where(n => n.Length > 0).Zip(fed, (name, tensor) =>
                    new GraphValue(name, tensor.Type, [.. tensor.Shape.Select(extent => new Dimension(extent, null))])),
            ],
            Outputs = [.. node.Outputs.Where(o => o.Length > 0).Select(o => new GraphValue(o, ElementType.Undefined, default))],
            Nodes = [single],
            Initializers = ImmutableDictionary<string, TensorData>.Empty,
            Opsets = model.Graph.Opsets,
        };
        var outputs = sessions.Open(Submodel.Of(model, graph), SessionSettings.AsIs).Then(session =>
        {
            using (session)
            {
                return session.Run(fed, cancellation);
            }
        });
        return outputs.Value;
    }

    private static TensorData Positions(ElementType type, ImmutableArray<int> shape, int first)
    {
        var count = checked((int)TensorData.Count(shape));
        var bytes = new byte[count * TensorData.SizeOf(type)];

        // A fill (first 0) is the same everywhere.
        var step = first == 0 ? 0 : 1;
        switch (type)
        {
            case ElementType.Int32:
                Number(MemoryMarshal.Cast<byte, int>(bytes.AsSpan()), first, step);
                break;
            case ElementType.Int64:
                Number(MemoryMarshal.Cast<byte, long>(bytes.AsSpan()), first, step);
                break;
            case ElementType.Double:
                Number(MemoryMarshal.Cast<byte, double>(bytes.AsSpan()), first, step);
                break;
            default:
                Number(MemoryMarshal.Cast<byte, float>(bytes.AsSpan()), first, step);
                break;
        }

        return new TensorData(type, shape, bytes);
    }

    private static void Number<T>(Span<T> target, int first, int step)
        where T : struct, INumber<T>
    {
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = T.CreateTruncating(first + (i * step));
        }
    }

    private static bool IsPosition(ElementType type) => PositionTypes.Contains(type);

    private static Movement Read(TensorData output, List<(int Input, int First, int Count)> starts)
    {
        var reader = new MovementReader(output.Shape, starts);
        var bytes = output.Bytes.Span;
        return output.Type switch
        {
            ElementType.Int32 => reader.Read(MemoryMarshal.Cast<byte, int>(bytes)),
            ElementType.Int64 => reader.Read(Numbers(MemoryMarshal.Cast<byte, long>(bytes))),
            ElementType.Double => reader.Read(Numbers(MemoryMarshal.Cast<byte, double>(bytes))),
            _ => reader.Read(Numbers(MemoryMarshal.Cast<byte, float>(bytes))),
        };
    }

    private static int[] Numbers<T>(ReadOnlySpan<T> values)
        where T : struct, INumber<T>
    {
        var numbers = new int[values.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = int.CreateTruncating(values[i]);
        }

        return numbers;
    }
}
