using System.Collections.Immutable;
using ModelSlim.Core.Data;

namespace ModelSlim.Training.Data;

/// <summary>Some samples of a set, which the caller disposes of.</summary>
/// <param name="all">The set.</param>
/// <param name="chosen">Which of them, in order.</param>
internal sealed class SampleSubset(SampleSet all, ImmutableArray<int> chosen) : SampleSet
{
    /// <inheritdoc/>
    public override int Count => chosen.Length;

    /// <inheritdoc/>
    public override ImmutableArray<ImmutableArray<int>> Shapes => all.Shapes;

    /// <inheritdoc/>
    public override bool HasLabels => all.HasLabels;

    /// <inheritdoc/>
    public override ImmutableArray<string>? Classes => all.Classes;

    /// <inheritdoc/>
    public override bool IsWhole(int input) => all.IsWhole(input);

    /// <inheritdoc/>
    public override Batch Read(ReadOnlySpan<int> indices)
    {
        var places = new int[indices.Length];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = chosen[indices[i]];
        }

        return all.Read(places);
    }
}
