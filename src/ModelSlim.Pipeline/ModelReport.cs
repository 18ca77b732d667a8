using ModelSlim.Core.Costs;
using ModelSlim.Core.Reports;

namespace ModelSlim.Pipeline;

/// <summary>Costs in the words of a report.</summary>
internal static class ModelReport
{
    /// <summary>A cost without measurements.</summary>
    /// <param name="cost">The cost.</param>
    /// <param name="of">The model that was given, or what was made of it.</param>
    public static MeasuredCost Of(ModelCost cost, ModelAnalysis of) => new() { Params = cost.Params, Macs = cost.Macs, MacsBasis = of.Inner.Basis, Bytes = cost.Bytes };
}
