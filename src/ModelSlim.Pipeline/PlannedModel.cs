using ModelSlim.Core.Pruning;
using ModelSlim.Core.Reports;

namespace ModelSlim.Pipeline;

/// <summary>A plan and its report.</summary>
/// <param name="Plan">What would be cut.</param>
/// <param name="Report">The same in the words of a report.</param>
public sealed record PlannedModel(PruningPlan Plan, SlimReport Report);
