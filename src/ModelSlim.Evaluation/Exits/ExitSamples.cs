using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Evaluation.Repair;

namespace ModelSlim.Evaluation.Exits;

/// <summary>Samples, and what a model makes of them at some places and in the end.</summary>
public sealed class ExitSamples
{
    /// <summary>Takes them over.</summary>
    internal ExitSamples(SampleSet set, int[] places, float[][] outputs, int[] labels, ImmutableArray<Rows> features)
    {
        (Set, Places, Outputs, Labels, Features) = (set, places, outputs, labels, features);
    }

    /// <summary>Where the samples come from.</summary>
    public SampleSet Set { get; }

    /// <summary>Their places in the set.</summary>
    public IReadOnlyList<int> Places { get; }

    /// <summary>The model's output for each.</summary>
    public IReadOnlyList<float[]> Outputs { get; }

    /// <summary>Class of each; empty where there are no labels.</summary>
    public IReadOnlyList<int> Labels { get; }

    /// <summary>For each exit place the features of each sample.</summary>
    internal ImmutableArray<Rows> Features { get; }

    /// <summary>Some of them, one after the other.</summary>
    /// <param name="first">The first.</param>
    /// <param name="count">How many.</param>
    public ExitSamples Part(int first, int count) => new(
        Set,
        [.. Places.Skip(first).Take(count)],
        [.. Outputs.Skip(first).Take(count)],
        [.. Labels.Skip(first).Take(count)],
        [.. Features.Select(rows => new Rows(rows.Data[(first * rows.Columns)..((first + count) * rows.Columns)], count, rows.Columns))]);
}
