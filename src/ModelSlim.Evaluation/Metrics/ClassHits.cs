namespace ModelSlim.Evaluation.Metrics;

/// <summary>How often a classifier is right.</summary>
/// <param name="Top1">Fraction of samples whose largest output is the label's.</param>
/// <param name="Top5">Fraction of samples whose label is among the five largest outputs.</param>
public sealed record ClassHits(double Top1, double Top5);
