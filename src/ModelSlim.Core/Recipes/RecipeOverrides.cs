using System.Collections.Immutable;

namespace ModelSlim.Core.Recipes;

/// <summary>What the command line says in place of the recipe.</summary>
public sealed record RecipeOverrides
{
    /// <summary>Nothing.</summary>
    public static RecipeOverrides None { get; } = new();

    /// <summary>The target; null means that of the recipe.</summary>
    public TargetSpec? Target { get; init; }

    /// <summary>True where a recipe without a target will do, since nothing is made smaller.</summary>
    public bool TargetMayMiss { get; init; }

    /// <summary>Sizes of inputs by name, in place of those of the recipe.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<int>> Inputs { get; init; } =
        ImmutableSortedDictionary.Create<string, ImmutableArray<int>>(StringComparer.Ordinal);

    /// <summary>True where there is to be no fine-tuning.</summary>
    public bool NoFineTune { get; init; }

    /// <summary>The seed; null means that of the recipe.</summary>
    public long? Seed { get; init; }
}
