using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Pruning;

/// <summary>
/// Foretells what shape arithmetic gives after cuts. An extent that is only copied to where a size is stated follows by itself.
/// Wherever more is made of an extent than a copy, such as a quotient or the scale of a product, its Shape is restored: it then
/// gives what it gave before, and so does all that is computed from it.
/// </summary>
internal sealed class SizeForecast
{
    private readonly GraphIndex index;
    private readonly ValueTrace trace;
    private readonly ChannelCuts cuts;
    private readonly ShapeOrigins origins;
    private readonly OperatorCatalog catalog;
    private readonly HashSet<AxisRef> changed;
    private readonly HashSet<string> restored = new(StringComparer.Ordinal);

    /// <summary>Looks at a graph and its cuts.</summary>
    public SizeForecast(GraphIndex index, ValueTrace trace, ChannelCuts cuts, ShapeOrigins origins, OperatorCatalog catalog)
    {
        this.index = index;
        this.trace = trace;
        this.cuts = cuts;
        this.origins = origins;
        this.catalog = catalog;
        changed = [.. origins.Measures.Where(measure => Before(measure.Value) != After(measure.Value)).Select(measure => measure.Key)];
        if (changed.Count > 0)
        {
            foreach (var node in index.Graph.Nodes)
            {
                Decide(node);
            }

            foreach (var output in index.Graph.Outputs)
            {
                Restore(origins.Of(output.Name));
            }
        }
    }

    /// <summary>True where an output of Shape or its like has to be brought back to what it was.</summary>
    public bool IsRestored(string measure) => restored.Contains(measure);

    /// <summary>Elements of an output of Shape or its like as the cut model gives them.</summary>
    public ImmutableArray<long> Measured(string measure) =>
    [
        .. Enumerable.Range(0, (int)Tensors.TensorData.Count(trace.Shape(measure)))
            .Select(i => After(origins.Measures[new AxisRef(measure, i)])),
    ];

    /// <summary>The same elements in the model before the cuts.</summary>
    public ImmutableArray<long> MeasuredBefore(string measure) =>
    [
        .. Enumerable.Range(0, (int)Tensors.TensorData.Count(trace.Shape(measure)))
            .Select(i => Before(origins.Measures[new AxisRef(measure, i)])),
    ];

    /// <summary>Integers that depend on shapes alone, after the cuts; null for other values.</summary>
    public StatedIntegers? Integers(string value) => origins.Integers(value) is { } before
        ? before with { Values = [.. before.Values.Select((number, i) => Moves(origins.Of(value, i)) is { } copied ? copied : number)] }
        : null;

    /// <summary>True where a value that states sizes gives other numbers than before.</summary>
    public bool Changes(string value) =>
        changed.Count > 0 && Integers(value) is { } after && !after.Values.SequenceEqual(origins.Integers(value)!.Values);

    private long? Moves(ShapeOrigin origin) => origin.IsCopy && IsOpen(origin.Measures[0]) ? After(origins.Measures[origin.Measures[0]]) : null;

    private bool IsOpen(AxisRef measure) => changed.Contains(measure) && !restored.Contains(measure.Value);

    private void Decide(Node node)
    {
        var op = catalog.Find(node);
        var goesOn = node.Outputs.All(output => output.Length == 0 || origins.Has(output));
        for (var input = 0; input < node.Inputs.Length; input++)
        {
            if (op is not null && op.SizeInputs.Contains(input))
            {
                var length = Tensors.TensorData.Count(trace.Shapes.GetValueOrDefault(node.Inputs[input], []));
                for (var element = 0; element < length && origins.Has(node.Inputs[input]); element++)
                {
                    var origin = origins.Of(node.Inputs[input], element);
                    if (!origin.IsCopy)
                    {
                        Restore(origin);
                    }
                }
            }
            else if (!goesOn)
            {
                Restore(origins.Of(node.Inputs[input]));
            }
        }

        foreach (var captured in node.Subgraphs.Any() ? GraphIndex.Captured(node) : [])
        {
            Restore(origins.Of(captured));
        }
    }

    private void Restore(ShapeOrigin origin)
    {
        foreach (var measure in origin.Measures.Where(changed.Contains))
        {
            restored.Add(measure.Value);
        }
    }

    private long Before(ImmutableArray<AxisRef> axes) => axes.Aggregate(1L, (product, axis) => product * trace.Shape(axis.Value)[axis.Axis]);

    private long After(ImmutableArray<AxisRef> axes) => axes.Aggregate(
        1L, (product, axis) => product * (cuts.Of(axis.Value, axis.Axis)?.Length ?? trace.Shape(axis.Value)[axis.Axis]));
}
