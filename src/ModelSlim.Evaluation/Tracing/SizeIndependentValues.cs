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
    // How often as long the open axes become: the batch, and all others.
    private static readonly (int Batch, int Others)[] Sizes = [(1, 1), (2, 1), (3, 2)];

    /// <summary>Runs the model at the traced sizes, and at others where the file leaves some open.</summary>
    /// <param name="model">The model.</param>
    /// <param name="trace">Sizes of its inputs.</param>
    /// <param name="wanted">Values that are wanted.</param>
    /// <param name="measured">Elements of integer values that those follow from, which must not differ either: the value, and the place in it.</param>
    /// <param name="cancellation">Stops the work between two runs.</param>
    /// <returns>What the wanted values hold; nothing of those that differ, nor where the model does not run at other sizes.</returns>
    public ImmutableDictionary<string, TensorData> Read(
        OnnxModel model, ValueTrace trace, IReadOnlyList<string> wanted, IReadOnlyList<AxisRef> measured, CancellationToken cancellation)
    {
        var none = ImmutableDictionary<string, TensorData>.Empty;
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
        Sizes.Select(size => graph.Inputs.Select(input => KeyValuePair.Create(input.Name, Longer(input, trace.Shape(input.Name), size))).ToArray())
            .DistinctBy(choice => string.Join(';', choice.Select(input => string.Join(',', input.Value))));

    private static ImmutableArray<int> Longer(GraphValue input, ImmutableArray<int> traced, (int Batch, int Others) size) => input.Shape.IsDefault
        ? traced
        : [.. traced.Select((extent, axis) => input.Shape[axis].Extent is not null ? extent : extent * (axis == 0 ? size.Batch : size.Others))];

    private static bool Same(TensorData one, TensorData other) =>
        one.Type == other.Type && one.Shape.SequenceEqual(other.Shape) && one.Bytes.Span.SequenceEqual(other.Bytes.Span);
}
