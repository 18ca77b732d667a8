using System.Collections.Immutable;
using ModelSlim.Core.Costs;

namespace ModelSlim.Core.Pruning;

/// <summary>What will be cut from a model, and what that will cost and save. A value: it can be saved, read and applied.</summary>
public sealed record PruningPlan
{
    /// <summary>Version of the form.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Version of the form this plan is in.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>SHA-256 of the model the plan is for, in lower-case hexadecimal digits.</summary>
    public required string Model { get; init; }

    /// <summary>Cost of the model before.</summary>
    public required ModelCost Before { get; init; }

    /// <summary>Cost of the model after: what a recount of the slim model gives.</summary>
    public required ModelCost After { get; init; }

    /// <summary>What goes, group by group; groups that stay whole are left out.</summary>
    public required ImmutableArray<GroupCut> Cuts { get; init; }
}
