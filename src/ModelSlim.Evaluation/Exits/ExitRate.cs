namespace ModelSlim.Evaluation.Exits;

/// <summary>How many samples leave early.</summary>
/// <param name="Share">Their share.</param>
public sealed record ExitRate(double Share);
