using ModelSlim.Core.Costs;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Core.Pruning;

/// <summary>Removes blocks of channels, the cheapest first, and gives back at the end what the target does not need.</summary>
internal sealed class BlockGreedy(CostLedger ledger, GroupProgress[] groups, Scope scope)
{
    private readonly Stack<(int Group, int Count)> taken = new();
    private readonly (long Macs, long Params)?[] savings = new (long, long)?[groups.Length];
    private readonly HashSet<string>[] values =
        [.. groups.Select(group => group.Shortened(0, 0).Select(entry => entry.Key.Value).ToHashSet(StringComparer.Ordinal))];

    /// <summary>Removes until the goal holds. False where everything that may go is gone and it still does not.</summary>
    public bool Reach(CostGoal goal)
    {
        while (!goal.Holds(ledger))
        {
            var next = -1;
            var least = double.PositiveInfinity;
            for (var i = 0; i < groups.Length; i++)
            {
                var price = Price(i, goal);
                if (price < least)
                {
                    (next, least) = (i, price);
                }
            }

            if (next < 0)
            {
                return false;
            }

            taken.Push((next, groups[next].NextBlock));
            Take(next, groups[next].NextBlock);
        }

        GiveBack(goal);
        return true;
    }

    private double Price(int i, CostGoal goal)
    {
        var group = groups[i];
        if (group.NextBlock == 0)
        {
            return double.PositiveInfinity;
        }

        savings[i] ??= ledger.Savings(group.Shortened(group.Removed, group.NextBlock));
        var worth = goal.Worth(ledger, savings[i]!.Value);
        if (worth <= 0)
        {
            return double.PositiveInfinity;
        }

        return scope == Scope.Local ? (double)(group.Removed + group.NextBlock) / group.Channels : group.NextScore / worth;
    }

    private void Take(int i, int count)
    {
        var group = groups[i];
        var (from, size) = count > 0 ? (group.Removed, count) : (group.Removed + count, -count);
        ledger.Shorten(group.Shortened(from, size).Select(entry => KeyValuePair.Create(entry.Key, Math.Sign(count) * entry.Value)));
        group.Remove(count);
        for (var other = 0; other < groups.Length; other++)
        {
            // What a group saves depends on the widths of the weights it shares with this one.
            if (values[i].Overlaps(values[other]))
            {
                savings[other] = null;
            }
        }
    }

    // The last blocks may have gone further than needed; what came late and still fits goes back.
    private void GiveBack(CostGoal goal)
    {
        var settled = new HashSet<int>();
        foreach (var (group, count) in taken)
        {
            if (settled.Contains(group))
            {
                continue;
            }

            Take(group, -count);
            if (!goal.Holds(ledger))
            {
                Take(group, count);
                settled.Add(group);
            }
        }
    }
}
