using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Sessions;

namespace ModelSlim.Evaluation.Tracing;

/// <summary>
/// Learns shapes, shape-dependent values and data movement from ONNX Runtime itself: the model runs once, unoptimized, with
/// every value exposed, and each data-movement node runs once more on positions.
/// </summary>
public sealed class ModelTracer
{
    private const int LargestIntegers = 1024;

    private readonly SessionFactory sessions;
    private readonly OperatorCatalog catalog;
    private readonly InputSizes sizes = new();
    private readonly InputFilling filling = new();
    private readonly RunRefusal refusal = new();

    /// <summary>Makes a tracer.</summary>
    /// <param name="sessions">Opens models.</param>
    /// <param name="catalog">Knows which nodes only move elements, as Reshape and Concat do, and which have axes inside.</param>
    public ModelTracer(SessionFactory sessions, OperatorCatalog catalog)
    {
        this.sessions = sessions;
        this.catalog = catalog;
    }

    /// <summary>Traces a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="inputs">Sizes of inputs by name, from the recipe; inputs that are not named get usual sizes.</param>
    /// <param name="cancellation">Stops the work between two nodes.</param>
    /// <returns>
    /// The trace, without the values that ONNX Runtime cannot expose (inside subgraphs, sequences, optionals, strings); or
    /// <see cref="DiagnosticCodes.InputSizesWrong"/>, <see cref="DiagnosticCodes.ModelRefused"/> or
    /// <see cref="DiagnosticCodes.ModelRunFailed"/>.
    /// </returns>
    public Result<ValueTrace> Trace(
        OnnxModel model, IReadOnlyDictionary<string, ImmutableArray<int>> inputs, CancellationToken cancellation) =>
        sizes.Choose(model.Graph, inputs).Then(choices => Types(model).Then(types =>
        {
            var stated = StatedValues(model.Graph);
            var observed = new ObservedGraph(model.Graph, types, name => stated.Contains(name) || MayBeSmall(types[name]));
            return sessions.Open(model.With(observed.Graph), SessionSettings.AsIs with { Threads = 0 }).Then(session =>
            {
                using (session)
                {
                    bool Keeps(string name, ElementType type, long length) =>
                        stated.Contains(name) || observed.IsShape(name) || IsSmall(type, length);
                    return RunOnce(session, observed, choices, Keeps, cancellation, inputs.ContainsKey)
                        .Then(values => Describe(model, values, cancellation));
                }
            });
        }));

    // ONNX Runtime infers types without the weights, which take the time to load; a kernel that must have them is given all.
    private Result<ImmutableDictionary<string, ElementType>> Types(OnnxModel model)
    {
        var exposed = ObservedGraph.AllOf(model.Graph);
        var light = sessions.Open(model.With(ObservedGraph.WithoutWeights(exposed)), SessionSettings.AsIs);
        return (light.Succeeded ? light : sessions.Open(model.With(exposed), SessionSettings.AsIs)).Then<ImmutableDictionary<string, ElementType>>(session =>
        {
            using (session)
            {
                return session.OutputTypes();
            }
        });
    }

    private Result<Dictionary<string, TracedValue>> RunOnce(
        ModelSession session,
        ObservedGraph observed,
        ImmutableArray<int>[][] choices,
        Func<string, ElementType, long, bool> keeps,
        CancellationToken cancellation,
        Func<string, bool> isGiven)
    {
        var graph = observed.Graph;
        Result<Dictionary<string, TracedValue>>? first = null;
        foreach (var shapes in choices)
        {
            foreach (var integers in Enum.GetValues<IntegerFilling>())
            {
                var run = Fill(graph, shapes, integers)
                    .Then(fed => session.Observe(fed, keeps, cancellation).Then<Dictionary<string, TracedValue>>(outputs => observed.Read(fed, session.Outputs, outputs)));
                if (run.Succeeded)
                {
                    return run;
                }

                first ??= run;
                if (graph.Inputs.All(input => IsReal(input.Type)))
                {
                    break;
                }
            }
        }

        return first!.Diagnostics is [{ } failure] && failure.Descriptor == DiagnosticCodes.ModelRunFailed
            ? DiagnosticCodes.ModelRunFailed.Says(refusal.Explain(graph, isGiven, failure))
            : first;
    }

    // What nodes that move data read beside the data: shapes, places, sizes.
    private HashSet<string> StatedValues(Graph graph) => graph.Nodes
        .SelectMany(node => catalog.Movement(node) is { } movement
            ? node.Inputs.Where((_, input) => !movement.Sources.Contains(input) && input != movement.FillInput)
            : [])
        .ToHashSet(StringComparer.Ordinal);

    private static bool IsSmall(ElementType type, long length) =>
        IsSmallInteger(type, length) || (type is ElementType.Bool && length <= LargestIntegers);

    private static bool MayBeSmall(ElementType type) => IsSmall(type, 0);

    private static bool IsSmallInteger(ElementType type, long length) =>
        type is ElementType.Int64 or ElementType.Int32 && length <= LargestIntegers;

    private Result<TensorData[]> Fill(Graph graph, ImmutableArray<int>[] shapes, IntegerFilling integers)
    {
        var fed = new TensorData[shapes.Length];
        for (var i = 0; i < fed.Length; i++)
        {
            var input = graph.Inputs[i];
            if (filling.Fill(input.Name, input.Type, shapes[i], integers) is not { } tensor)
            {
                return DiagnosticCodes.ModelRunFailed.Says(
                    $"Input '{input.Name}' has elements of type {input.Type}, which ModelSlim cannot make.");
            }

            fed[i] = tensor;
        }

        return fed;
    }

    private static bool IsReal(ElementType type) => type
        is ElementType.Undefined or ElementType.Float or ElementType.Double or ElementType.Float16 or ElementType.BFloat16;

    private static bool IsWorth(Node node, DataMovement moved, Dictionary<string, TracedValue> values) =>
        !moved.IntegersOnly || moved.Sources.All(input =>
            values.TryGetValue(node.Inputs[input], out var source) && IsSmallInteger(source.Type, TensorData.Count(source.Shape)));

    private Result<ValueTrace> Describe(OnnxModel model, Dictionary<string, TracedValue> values, CancellationToken cancellation)
    {
        var index = new GraphIndex(model.Graph);
        foreach (var (name, constant) in index.Constants)
        {
            values[name] = TracedValue.Of(constant);
        }

        var movements = ImmutableDictionary.CreateBuilder<string, Movement>(StringComparer.Ordinal);
        var tracer = new MovementTracer(sessions);
        foreach (var node in model.Graph.Nodes)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var (output, movement) in catalog.Movement(node) is { } moved && IsWorth(node, moved, values) ? tracer.Trace(model, node, moved, values, cancellation) : [])
            {
                movements[output] = movement;
            }
        }

        var small = values
            .Where(v => !index.Constants.ContainsKey(v.Key)
                && v.Value.Data is { } data
                && IsSmall(data.Type, data.Length)
                && index.Producer(v.Key) is not null)
            .ToImmutableDictionary(v => v.Key, v => v.Value.Data!, StringComparer.Ordinal);
        var trace = new ValueTrace
        {
            Shapes = values.ToImmutableDictionary(v => v.Key, v => v.Value.Shape, StringComparer.Ordinal),
            Types = values.ToImmutableDictionary(v => v.Key, v => v.Value.Type, StringComparer.Ordinal),
            Integers = small.Where(v => IsSmallInteger(v.Value.Type, v.Value.Length))
                .ToImmutableDictionary(v => v.Key, v => v.Value.ToInt64s().ToImmutableArray(), StringComparer.Ordinal),
            Small = small,
            Movements = movements.ToImmutable(),
            Fed = model.Graph.Inputs.Where(input => !IsReal(input.Type))
                .ToImmutableDictionary(input => input.Name, input => values[input.Name].Data!, StringComparer.Ordinal),
        };
        return trace with { Shapes = trace.Shapes.AddRange(Inner(index, trace)) };
    }

    private IEnumerable<KeyValuePair<string, ImmutableArray<int>>> Inner(GraphIndex index, ValueTrace trace) =>
        from node in index.Graph.Nodes
        where node.Inputs.Concat(node.Outputs).All(value => value.Length == 0 || trace.Shapes.ContainsKey(value))
        let view = NodeView.Of(node, index, trace)
        from inner in catalog.Find(node)?.Inner(view) ?? []
        select KeyValuePair.Create(view.Inner(inner.Name).Value, ImmutableArray.Create(inner.Extent));
}
