namespace ModelSlim.Benchmarks;

/// <summary>A process that ended well.</summary>
/// <param name="Time">From start to end.</param>
/// <param name="Work">Processor time of all its threads.</param>
/// <param name="PeakBytes">Most memory that was resident at once; 0 where the system does not tell.</param>
/// <param name="OwnBytes">Most of it that was no file: what the process could not do without; sampled.</param>
/// <param name="Output">What it wrote to standard output.</param>
internal sealed record ChildRun(TimeSpan Time, TimeSpan Work, long PeakBytes, long OwnBytes, string Output);
