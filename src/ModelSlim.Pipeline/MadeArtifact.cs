using ModelSlim.Core.Fingerprints;
using ModelSlim.Core.Reports;

namespace ModelSlim.Pipeline;

/// <summary>A slim model and its report, before the gates are judged.</summary>
/// <param name="Model">The model.</param>
/// <param name="Report">What was done and measured.</param>
public sealed record MadeArtifact(ModelContent Model, SlimReport Report)
{
    /// <summary>All that decided it; null until that is known.</summary>
    public Fingerprint? Key { get; init; }
}
