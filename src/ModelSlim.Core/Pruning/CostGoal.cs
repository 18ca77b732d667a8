using System.Collections.Immutable;
using System.Globalization;
using ModelSlim.Core.Costs;
using ModelSlim.Core.Dependencies;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Core.Pruning;

/// <summary>The target in numbers.</summary>
internal sealed class CostGoal(TargetSpec target, ModelCost before)
{
    private const int MostReasons = 3;

    /// <summary>True where every target holds.</summary>
    public bool Holds(CostLedger ledger) => MacsHold(ledger) && ParamsHold(ledger);

    /// <summary>What a saving is worth: its share of the whole, of each target that does not hold yet.</summary>
    public double Worth(CostLedger ledger, (long Macs, long Params) saved) =>
        (MacsHold(ledger) ? 0 : (double)saved.Macs / before.Macs) + (ParamsHold(ledger) ? 0 : (double)saved.Params / before.Params);

    /// <summary>Says which target does not hold although all that may go is gone, and what keeps the most channels.</summary>
    public string Shortfall(CostLedger ledger, DependencyGraph dependencies, double maxRatio)
    {
        var (name, asked, least) = MacsHold(ledger)
            ? ("params", target.Params, (double)ledger.Params / Math.Max(1, before.Params))
            : ("macs", target.Macs, (double)ledger.Macs / Math.Max(1, before.Macs));
        var reached = dependencies.Groups.IsEmpty
            ? "no channel can be removed"
            : $"the least that can be reached is {Percent(least, "0.0")}, with prune.max_ratio {Percent(maxRatio, "0.###")}";
        return $"{name}={Percent(asked!.Value, "0.###")} cannot be met: {reached}{Blockers(dependencies.Refusals)}";
    }

    // The reasons that keep the most channels, each with its first node.
    private static string Blockers(ImmutableArray<Refusal> refusals)
    {
        var reasons = refusals.GroupBy(refusal => refusal.Reason)
            .Select(same => (Reason: same.Key, Channels: same.Sum(refusal => refusal.Channels), Nodes: same.Select(refusal => refusal.Node).Distinct().ToArray()))
            .OrderByDescending(reason => reason.Channels)
            .Take(MostReasons)
            .Select(reason => $"{reason.Channels} at {DisplayText.Quote(reason.Nodes[0])}{Others(reason.Nodes.Length - 1)} because {reason.Reason}")
            .ToArray();
        return reasons.Length == 0
            ? "; modelslim inspect shows what there is"
            : $"; channels that must stay: {string.Join(", ", reasons)}; modelslim inspect lists them all";
    }

    private static string Others(int count) => count == 0 ? string.Empty : $" and {count} more";

    private static string Percent(double share, string format) => (100 * share).ToString(format, CultureInfo.InvariantCulture) + "%";

    private bool MacsHold(CostLedger ledger) => target.Macs is not { } macs || ledger.Macs <= macs * before.Macs;

    private bool ParamsHold(CostLedger ledger) => target.Params is not { } share || ledger.Params <= share * before.Params;
}
