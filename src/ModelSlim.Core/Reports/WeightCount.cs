namespace ModelSlim.Core.Reports;

/// <summary>So many weights, of which so many are zero.</summary>
/// <param name="Weights">All.</param>
/// <param name="Zeros">Those that are zero.</param>
public sealed record WeightCount(long Weights, long Zeros);
