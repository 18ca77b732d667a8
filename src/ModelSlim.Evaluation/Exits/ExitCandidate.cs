using ModelSlim.Core.Exits;

namespace ModelSlim.Evaluation.Exits;

/// <summary>An exit that holds the drop that is allowed.</summary>
/// <param name="Exit">The exit.</param>
/// <param name="Threshold">What its threshold does on samples that its head has not seen.</param>
/// <param name="Scores">What its head says of them.</param>
/// <param name="Macs">Multiply-accumulates that a sample takes on the average.</param>
public sealed record ExitCandidate(EarlyExit Exit, ExitThreshold Threshold, HeadScores Scores, long Macs);
