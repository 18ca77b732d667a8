using System.Collections.Immutable;
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
/// </summary>
internal sealed class MovementTracer
{
    // int64 is what most kernels take; double and float hold positions exactly up to 2^53 and 2^24.
    private static readonly ElementType[] PositionTypes = [ElementType.Int64, ElementType.Double, ElementType.Float];
    private const long LargestSingle = 1 << 24;

    private readonly SessionFactory sessions;

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
        IReadOnlyDictionary<string, TensorData> values,
        CancellationToken cancellation)
    {
        if (node.Inputs.Any(name => name.Length > 0 && !values.ContainsKey(name)))
        {
            return [];
        }

        var starts = new List<(int Input, long First)>();
        var next = 1L;
        foreach (var input in movement.Sources)
        {
            starts.Add((input, next));
            next += values[node.Inputs[input]].Length;
        }

        foreach (var type in PositionTypes.Where(t => t != ElementType.Float || next <= LargestSingle))
        {
            if (Run(model, node, movement, values, starts, type, cancellation) is { } outputs)
            {
                return outputs
                    .Select((output, i) => (Name: node.Outputs.Where(o => o.Length > 0).ElementAt(i), Positions: output))
                    .Where(output => output.Positions is not null)
                    .Select(output => (output.Name, Read(output.Positions!, starts)))
                    .ToArray();
            }
        }

        return [];
    }

    private long[]?[]? Run(
        OnnxModel model,
        Node node,
        DataMovement movement,
        IReadOnlyDictionary<string, TensorData> values,
        List<(int Input, long First)> starts,
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
            var start = starts.FirstOrDefault(s => s.Input == i, (Input: -1, First: -1L));
            // A fill is an element of no input: 0, which no position is.
            fed.Add(start.Input == i ? Positions(type, traced.Shape, start.First)
                : i == movement.FillInput ? Positions(type, traced.Shape, 0)
                : traced);
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
        return outputs.Succeeded ? [.. outputs.Value.Select(o => o is null ? null : ToPositions(o))] : null;
    }

    private static TensorData Positions(ElementType type, ImmutableArray<int> shape, long first)
    {
        var count = checked((int)TensorData.Count(shape));
        var bytes = new byte[count * TensorData.SizeOf(type)];
        for (var i = 0; i < count; i++)
        {
            // A fill (first 0) is the same everywhere.
            var id = first == 0 ? 0 : first + i;
            switch (type)
            {
                case ElementType.Int64:
                    MemoryMarshal.Cast<byte, long>(bytes.AsSpan())[i] = id;
                    break;
                case ElementType.Double:
                    MemoryMarshal.Cast<byte, double>(bytes.AsSpan())[i] = id;
                    break;
                default:
                    MemoryMarshal.Cast<byte, float>(bytes.AsSpan())[i] = id;
                    break;
            }
        }

        return new TensorData(type, shape, bytes);
    }

    private static long[]? ToPositions(TensorData output) => output.Type switch
    {
        ElementType.Int64 or ElementType.Int32 => output.ToInt64s(),
        ElementType.Double => Array.ConvertAll(MemoryMarshal.Cast<byte, double>(output.Bytes.Span).ToArray(), v => (long)v),
        ElementType.Float => Array.ConvertAll(output.ToSingles(), v => (long)v),
        _ => null,
    };

    private static Movement Read(long[] ids, List<(int Input, long First)> starts)
    {
        var inputs = ImmutableArray.CreateBuilder<int>(ids.Length);
        var positions = ImmutableArray.CreateBuilder<int>(ids.Length);
        foreach (var id in ids)
        {
            var source = starts.FindLastIndex(start => start.First <= id);
            inputs.Add(source < 0 ? -1 : starts[source].Input);
            positions.Add(source < 0 ? -1 : checked((int)(id - starts[source].First)));
        }

        return new Movement(inputs.MoveToImmutable(), positions.MoveToImmutable());
    }
}
