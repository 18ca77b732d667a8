using ModelSlim.Core.Costs;
using ModelSlim.Core.Dependencies;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Core.Pruning;

/// <summary>The target in numbers.</summary>
internal sealed class CostGoal(TargetSpec target, ModelCost before)
{
    /// <summary>True where every target holds.</summary>
    public bool Holds(CostLedger ledger) => MacsHold(ledger) && ParamsHold(ledger);

    /// <summary>What a saving is worth: its share of the whole, of each target that does not hold yet.</summary>
    public double Worth(CostLedger ledger, (long Macs, long Params) saved) =>
        (MacsHold(ledger) ? 0 : (double)saved.Macs / before.Macs) + (ParamsHold(ledger) ? 0 : (double)saved.Params / before.Params);

    /// <summary>Says which target does not hold although all that may go is gone.</summary>
    public string Shortfall(CostLedger ledger, DependencyGraph dependencies)
    {
        var missed = MacsHold(ledger)
            ? $"params={target.Params:P0} cannot be met; the least that can be reached is {(double)ledger.Params / before.Params:P1}"
            : $"macs={target.Macs:P0} cannot be met; the least that can be reached is {(double)ledger.Macs / Math.Max(1, before.Macs):P1}";
        var frozen = dependencies.Refusals.Sum(refusal => refusal.Channels);
        return $"{missed} with {dependencies.Groups.Length} prunable groups, {frozen} channels that must stay and prune.max_ratio";
    }

    private bool MacsHold(CostLedger ledger) => target.Macs is not { } macs || ledger.Macs <= macs * before.Macs;

    private bool ParamsHold(CostLedger ledger) => target.Params is not { } share || ledger.Params <= share * before.Params;
}
