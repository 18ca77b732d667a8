using System.Collections.Immutable;
using ModelSlim.Core.Data;

namespace ModelSlim.Testing;

/// <summary>Samples in memory, for models of one input.</summary>
/// <param name="values">The samples, one after the other.</param>
/// <param name="shape">Shape of one.</param>
/// <param name="labels">Their classes; none for samples without.</param>
public sealed class ArraySamples(float[] values, ImmutableArray<int> shape, params int[] labels) : SampleSet
{
    private readonly int size = shape.Aggregate(1, (all, extent) => all * extent);

    /// <inheritdoc/>
    public override int Count => values.Length / size;

    /// <inheritdoc/>
    public override ImmutableArray<ImmutableArray<int>> Shapes => [shape];

    /// <inheritdoc/>
    public override bool HasLabels => labels.Length > 0;

    /// <inheritdoc/>
    public override Batch Read(ReadOnlySpan<int> indices)
    {
        var read = new float[indices.Length * size];
        var classes = HasLabels ? new int[indices.Length] : [];
        for (var i = 0; i < indices.Length; i++)
        {
            values.AsSpan(indices[i] * size, size).CopyTo(read.AsSpan(i * size));
            if (HasLabels)
            {
                classes[i] = labels[indices[i]];
            }
        }

        return new Batch(indices.Length, [read], classes);
    }
}
