namespace ModelSlim.Core.Reports;

/// <summary>The original and the model with an early exit, timed in turns on the same samples.</summary>
/// <param name="Original">The original.</param>
/// <param name="Slim">The model with the exit.</param>
/// <param name="Samples">Number of samples.</param>
public sealed record ExitLatency(LatencySpread Original, LatencySpread Slim, int Samples);
