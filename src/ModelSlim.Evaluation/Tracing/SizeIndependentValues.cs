using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Evaluation.Tracing;

/// <summary>Finds what values hold that hang on the sizes of inputs at most, where they hold the same at other sizes too.</summary>
/// <param name="observer">Reads values.</param>
public sealed class SizeIndependentValues(ValueObserver observer)
{
    // How often as large the batch becomes. Axes grow with it, or not at all; heights and lengths are cut off, rounded and padded on
    // their way, so that none that was measured tells what it is at another size.
    private static readonly int[] Batches = [1, 2, 3, 8];

    /// <summary>Runs the model at the traced sizes, and with larger batches where the file leaves the batch open.</summary>
    /// <param name="model">The model.</param>
    /// <param name="trace">Sizes of its inputs.</param>
    /// <param name="wanted">Values that are wanted.</param>
    /// <param name="measured">Elements of integer values that those follow from, which must not differ either: the value, and the place in it.</param>
    /// <param name="cancellation">Stops the work between two runs.</param>
    /// <returns>
    /// What the wanted values hold; nothing of those that differ, nor where the model does not run at other sizes or leaves open more than
    /// the batch.
    /// </returns>
    public ImmutableDictionary<string, TensorData> Read(
        OnnxModel model, ValueTrace trace, IReadOnlyList<string> wanted, IReadOnlyList<AxisRef> measured, CancellationToken cancellation)
    {
        var none = ImmutableDictionary<string, TensorData>.Empty;
        if (measured.Count > 0 && model.Graph.Inputs.Any(input => input.Shape.IsDefault || input.Shape.Skip(1).Any(axis => axis.Extent is null)))
        {
            return none;
        }

        string[] names = [.. wanted.Union(measured.Select(place => place.Value), StringComparer.Ordinal)];
        Dictionary<string, TensorData>? first = null;
        long[]? sizes = null;
        foreach (var shapes in Choices(model.Graph, trace))
        {
            cancellation.ThrowIfCancellationRequested();
            var run = observer.Read(model, trace with { Shapes = trace.Shapes.SetItems(shapes) }, names, cancellation);
            if (run.Value is not { } found || !measured.All(place => found.ContainsKey(place.Value)))
            {
                return none;
            }

            long[] now = [.. measured.Select(place => found[place.Value].ToInt64s()[place.Axis])];
            if (!(sizes ??= now).SequenceEqual(now))
            {
                return none;
            }

            first = first is null ? found : first.Where(value => found.TryGetValue(value.Key, out var other) && Same(value.Value, other))
                .ToDictionary(StringComparer.Ordinal);
        }

        return (first ?? []).Where(value => wanted.Contains(value.Key)).ToImmutableDictionary(StringComparer.Ordinal);
    }

    private static IEnumerable<KeyValuePair<string, ImmutableArray<int>>[]> Choices(Graph graph, ValueTrace trace) =>
        Batches.Select(times => graph.Inputs.Select(input => KeyValuePair.Create(input.Name, Longer(input, trace.Shape(input.Name), times))).ToArray())
            .DistinctBy(choice => string.Join(';', choice.Select(input => string.Join(',', input.Value))));

    private static ImmutableArray<int> Longer(GraphValue input, ImmutableArray<int> traced, int times) =>
        input.Shape is { IsDefault: false, Length: > 0 } shape && shape[0].Extent is null ? traced.SetItem(0, traced[0] * times) : traced;

    private static bool Same(TensorData one, TensorData other) =>
        one.Type == other.Type && one.Shape.SequenceEqual(other.Shape) && one.Bytes.Span.SequenceEqual(other.Bytes.Span);
}
