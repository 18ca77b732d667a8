using ModelSlim.Core.Graphs;
using ModelSlim.Core.Reports;

namespace ModelSlim.Pipeline;

/// <summary>What a first recipe for a model can be made from.</summary>
/// <param name="Report">What the model is made of.</param>
/// <param name="Graph">Its graph.</param>
/// <param name="Macs">The share of multiply-accumulates to aim at that a plan can reach; null where there is none.</param>
public sealed record RecipeStart(InspectionReport Report, Graph Graph, double? Macs);
