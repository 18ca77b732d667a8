using System.Collections.Immutable;
using ModelSlim.Core.Fingerprints;

namespace ModelSlim.Pipeline;

/// <summary>Under which keys an artifact may be found.</summary>
/// <param name="Own">The key of what this machine would make.</param>
/// <param name="Others">Keys of the same artifact made by machines of another numerics class, which serves as well.</param>
public sealed record ArtifactKeys(Fingerprint Own, ImmutableArray<Fingerprint> Others);
