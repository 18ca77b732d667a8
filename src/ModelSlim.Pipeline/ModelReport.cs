using ModelSlim.Core.Costs;
using ModelSlim.Core.Reports;

namespace ModelSlim.Pipeline;

/// <summary>Costs in the words of a report.</summary>
internal static class ModelReport
{
    /// <summary>A cost without measurements.</summary>
    public static MeasuredCost Of(ModelCost cost) => new() { Params = cost.Params, Macs = cost.Macs, Bytes = cost.Bytes };
}
