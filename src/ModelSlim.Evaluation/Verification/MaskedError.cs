using System.Collections.Immutable;

namespace ModelSlim.Evaluation.Verification;

/// <summary>How far a slim model is from the masked original.</summary>
/// <param name="Relative">Largest difference, relative to the largest element; null where the models could not be run.</param>
/// <param name="Unseen">Values of which no run showed anything, since they were empty, 0 everywhere or no numbers.</param>
public sealed record MaskedError(double? Relative, ImmutableArray<string> Unseen);
