using ModelSlim.Core.Reports;

namespace ModelSlim.Pipeline;

/// <summary>What a run of the pipeline made.</summary>
/// <param name="Report">What was done and measured.</param>
/// <param name="Sha256">SHA-256 of the file at the output path, in lower-case hexadecimal digits.</param>
public sealed record SlimOutcome(SlimReport Report, string Sha256);
