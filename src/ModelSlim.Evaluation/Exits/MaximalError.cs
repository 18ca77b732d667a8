namespace ModelSlim.Evaluation.Exits;

/// <summary>How far outputs are from what they must be.</summary>
/// <param name="Relative">Largest difference, relative to the largest expected score of a sample.</param>
public sealed record MaximalError(double Relative);
