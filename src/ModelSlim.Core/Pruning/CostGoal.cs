using System.Collections.Immutable;
using System.Globalization;
using ModelSlim.Core.Costs;
using ModelSlim.Core.Dependencies;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Core.Pruning;

/// <summary>The target in numbers.</summary>
/// <param name="target">The target.</param>
/// <param name="before">The cost that it is a share of.</param>
/// <param name="inner">What subgraphs cost, of which nothing goes.</param>
/// <param name="around">Bytes of the written file besides stored tensors.</param>
internal sealed class CostGoal(TargetSpec target, ModelCost before, InnerCost inner, long around = 0)
{
    private const int MostReasons = 3;
    private const double Far = 0.9;

    /// <summary>True where every target holds.</summary>
    public bool Holds(CostLedger ledger) => MacsHold(ledger) && ParamsHold(ledger) && SizeHolds(ledger);

    /// <summary>True where every target is missed by a tenth of it, on the good side.</summary>
    public bool IsFarExceeded(CostLedger ledger) =>
        (target.Macs is not { } macs || ledger.Macs < Far * macs * before.Macs)
        && (target.Params is not { } share || ledger.Params < Far * share * before.Params)
        && (target.Size is not { } size || Bytes(ledger) < Far * size.Of(before.Bytes));

    /// <summary>What a saving is worth: its share of the whole, of each target that does not hold yet.</summary>
    public double Worth(CostLedger ledger, CostSaving saved) =>
        (MacsHold(ledger) ? 0 : (double)saved.Macs / Math.Max(1, before.Macs))
        + (ParamsHold(ledger) ? 0 : (double)saved.Params / Math.Max(1, before.Params))
        + (SizeHolds(ledger) ? 0 : (double)saved.Bytes / before.Bytes);

    /// <summary>Says which target does not hold although all that may go is gone, and what keeps the most channels.</summary>
    public string Shortfall(CostLedger ledger, DependencyGraph dependencies, double maxRatio)
    {
        var (asked, least, inside) = !MacsHold(ledger) ? ($"macs={Percent(target.Macs!.Value, "0.###")}", Of(ledger.Macs, before.Macs), Inside(inner.Macs, before.Macs, "MACs"))
            : !ParamsHold(ledger) ? ($"params={Percent(target.Params!.Value, "0.###")}", Of(ledger.Params, before.Params), Inside(inner.Params, before.Params, "parameters"))
            : ($"size={target.Size!.Text("bytes")}", $"{Bytes(ledger).ToString("N0", CultureInfo.InvariantCulture)} bytes ({Of(Bytes(ledger), before.Bytes)})", "");
        var reached = dependencies.Groups.IsEmpty
            ? "no channel can be removed"
            : $"the least that can be reached is {least}, with prune.max_ratio {Percent(maxRatio, "0.###")}";
        return $"{asked} cannot be met: {reached}{inside}{Blockers(dependencies.Refusals)}";
    }

    /// <summary>Bytes of the file, as far as stored tensors tell.</summary>
    public long Bytes(CostLedger ledger) => ledger.StoredBytes + around;

    private static string Of(long part, long whole) => Percent((double)part / Math.Max(1, whole), "0.0");

    private static string Inside(long part, long whole, string what) =>
        part > 0 ? $"; {Of(part, whole)} of the {what} lie inside branches of If, or bodies of loops, and stay" : "";

    // The reasons that keep the most channels, each with its first node.
    private static string Blockers(ImmutableArray<Refusal> refusals)
    {
        var reasons = refusals.GroupBy(refusal => refusal.Reason)
            .Select(same => (Reason: same.Key, Channels: same.Sum(refusal => refusal.Channels), Nodes: same.Select(refusal => refusal.Node).Distinct().ToArray()))
            .OrderByDescending(reason => reason.Channels)
            .Take(MostReasons)
            .Select(reason => $"{(reason.Channels > 0 ? $"{reason.Channels} at" : "those inside")} {DisplayText.Quote(reason.Nodes[0])}{Others(reason.Nodes.Length - 1)} because {reason.Reason}")
            .ToArray();
        return reasons.Length == 0
            ? "; modelslim inspect shows what there is"
            : $"; channels that must stay: {string.Join(", ", reasons)}; modelslim inspect lists them all";
    }

    private static string Others(int count) => count == 0 ? string.Empty : $" and {count} more";

    private static string Percent(double share, string format) => (100 * share).ToString(format, CultureInfo.InvariantCulture) + "%";

    // Of what lies in the bodies of loops nothing is counted, and nothing goes.
    private bool MacsHold(CostLedger ledger) => target.Macs is not { } macs || (before.Macs == 0 ? macs >= 1 : ledger.Macs <= macs * before.Macs);

    private bool ParamsHold(CostLedger ledger) =>
        target.Params is not { } share || (before.Params == 0 ? share >= 1 : ledger.Params <= share * before.Params);

    private bool SizeHolds(CostLedger ledger) => target.Size is not { } size || Bytes(ledger) <= size.Of(before.Bytes);
}
