using System.Collections.Immutable;
using ModelSlim.Core.Reports;

namespace ModelSlim.Pipeline;

/// <summary>What a run of the pipeline made.</summary>
/// <param name="Report">What was done and measured.</param>
/// <param name="Sha256">SHA-256 of the file at the output path, in lower-case hexadecimal digits.</param>
/// <param name="ExternalFiles">Full paths of the files beside the model that held some of its data.</param>
public sealed record SlimOutcome(SlimReport Report, string Sha256, ImmutableArray<string> ExternalFiles);
