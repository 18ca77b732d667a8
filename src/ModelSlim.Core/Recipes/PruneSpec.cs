using System.Collections.Immutable;

namespace ModelSlim.Core.Recipes;

/// <summary>Section <c>prune</c>.</summary>
public sealed record PruneSpec
{
    /// <summary>How channels are scored.</summary>
    public Criterion Criterion { get; init; } = Criterion.Auto;

    /// <summary>Which channels compete with each other.</summary>
    public Scope Scope { get; init; } = Scope.Auto;

    /// <summary>Number of cuts on the way to the target, each followed by repair and fine-tuning.</summary>
    public int Steps { get; init; } = 1;

    /// <summary>Part of fine-tuning, 0 to 1, in which more and more single weights become zero; 0 where all do before it.</summary>
    public double Gradual { get; init; }

    /// <summary>Channel counts are kept to multiples of this; null means that the planner chooses (auto).</summary>
    public int? RoundTo { get; init; }

    /// <summary>Largest fraction of one group's channels that may go.</summary>
    public double MaxRatio { get; init; } = 0.9;

    /// <summary>Globs of node and tensor names that must not change.</summary>
    public ImmutableArray<IgnorePattern> Ignore { get; init; } = [];
}
