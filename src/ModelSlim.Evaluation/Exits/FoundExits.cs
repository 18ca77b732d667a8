using System.Collections.Immutable;

namespace ModelSlim.Evaluation.Exits;

/// <summary>Exits that hold the drop that is allowed.</summary>
/// <param name="Candidates">The exits, those first that save most multiply-accumulates; none where no place holds the drop and saves any.</param>
/// <param name="HeldBack">The samples that their thresholds were chosen on.</param>
/// <param name="AllowedDrop">The drop that an exit may add, as a fraction.</param>
/// <param name="LostBefore">The drop that the model without an exit has on these samples already, as a fraction; 0 where it has none.</param>
public sealed record FoundExits(ImmutableArray<ExitCandidate> Candidates, ExitSamples HeldBack, double AllowedDrop, double LostBefore);
