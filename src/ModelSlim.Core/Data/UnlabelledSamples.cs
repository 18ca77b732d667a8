using System.Collections.Immutable;

namespace ModelSlim.Core.Data;

/// <summary>Samples without their labels, for a model whose outputs are no scores of classes. The caller disposes of the set.</summary>
/// <param name="all">The set.</param>
public sealed class UnlabelledSamples(SampleSet all) : SampleSet
{
    /// <inheritdoc/>
    public override int Count => all.Count;

    /// <inheritdoc/>
    public override ImmutableArray<ImmutableArray<int>> Shapes => all.Shapes;

    /// <inheritdoc/>
    public override bool HasLabels => false;

    /// <inheritdoc/>
    public override bool IsWhole(int input) => all.IsWhole(input);

    /// <inheritdoc/>
    public override Batch Read(ReadOnlySpan<int> indices) => all.Read(indices) with { Labels = [] };
}
