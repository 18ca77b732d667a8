using ModelSlim.Core.Locking;

namespace ModelSlim.Pipeline;

/// <summary>Under which keys an artifact may be found, and whether only one result is accepted.</summary>
/// <param name="Keys">The keys.</param>
/// <param name="Locked">The one result that is accepted; null where any is.</param>
public sealed record LockedKeys(ArtifactKeys Keys, LockedResult? Locked)
{
    /// <summary>False where the artifact is that of another numerics class, which this machine can use and not make.</summary>
    public bool CanMake { get; init; } = true;
}
