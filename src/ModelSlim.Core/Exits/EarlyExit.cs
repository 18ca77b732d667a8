namespace ModelSlim.Core.Exits;

/// <summary>An early exit: where, with which head, and how sure that must be.</summary>
/// <param name="Place">Where.</param>
/// <param name="Head">The head.</param>
/// <param name="Threshold">A sample leaves where the head's largest probability is above it.</param>
/// <param name="Kind">What the model's output holds, which the head gives too.</param>
public sealed record EarlyExit(ExitPlace Place, ExitHead Head, float Threshold, ScoreKind Kind);
