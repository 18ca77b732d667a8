using ModelSlim.Core.Costs;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Core.Pruning;

/// <summary>Removes blocks of channels, the cheapest first, and gives back at the end what the target does not need.</summary>
internal sealed class BlockGreedy
{
    private readonly CostLedger ledger;
    private readonly GroupProgress[] groups;
    private readonly RemovedPlaces places;
    private readonly Scope scope;
    private readonly CompetitionClasses? classes;
    private readonly CostTouch[] touches;
    private readonly int[][] neighbours;
    private readonly CostSaving?[] savings;
    private readonly Stack<(int Group, int Count)> taken = new();

    /// <summary>Starts with whole groups.</summary>
    public BlockGreedy(GraphIndex index, CostLedger ledger, GroupProgress[] groups, RemovedPlaces places, Scope scope)
    {
        this.ledger = ledger;
        this.groups = groups;
        this.places = places;
        this.scope = scope;
        classes = scope == Scope.Isomorphic ? new CompetitionClasses(index, groups) : null;
        savings = new CostSaving?[groups.Length];
        touches = Array.ConvertAll(groups, group => ledger.Touch(group.Group.Members));
        neighbours = Neighbours(groups);
    }

    /// <summary>Removes until the goal holds. False where everything that may go is gone and it still does not.</summary>
    public bool Reach(CostGoal goal)
    {
        while (!goal.Holds(ledger))
        {
            var next = -1;
            var least = (Share: double.PositiveInfinity, Score: double.PositiveInfinity);
            for (var i = 0; i < groups.Length; i++)
            {
                var price = Price(i, goal, least);
                if (price.CompareTo(least) < 0)
                {
                    (next, least) = (i, price);
                }
            }

            if (next < 0)
            {
                return false;
            }

            taken.Push((next, Take(next)));
        }

        Refine(GiveBack(goal), goal);
        return true;
    }

    // What a group saves depends on the widths of the values it shares with other groups.
    private static int[][] Neighbours(GroupProgress[] groups)
    {
        var byValue = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var i = 0; i < groups.Length; i++)
        {
            foreach (var value in groups[i].Group.Members.Select(member => member.Value).Distinct())
            {
                if (!byValue.TryGetValue(value, out var users))
                {
                    byValue[value] = users = [];
                }

                users.Add(i);
            }
        }

        return Array.ConvertAll(groups, group => group.Group.Members.SelectMany(member => byValue[member.Value]).Distinct().ToArray());
    }

    // By share first, then by score; infinite where the block must not go or cannot beat the least so far. What a block saves is
    // worked out only where it could.
    private (double Share, double Score) Price(int i, CostGoal goal, (double Share, double Score) least)
    {
        var never = (double.PositiveInfinity, double.PositiveInfinity);
        var group = groups[i];
        var share = scope switch
        {
            Scope.Local => (double)(group.Removed + group.NextBlock) / group.Group.Channels,
            Scope.Isomorphic => classes!.Share(i),
            _ => 0,
        };
        if (group.NextBlock == 0 || share > least.Share || (scope == Scope.Local && share >= least.Share))
        {
            return never;
        }

        var worth = goal.Worth(ledger, savings[i] ??= Savings(i));
        return worth <= 0 ? never : (share, scope == Scope.Local ? 0 : group.NextScore / (worth * group.NextGain));
    }

    private CostSaving Savings(int i)
    {
        var block = groups[i].NextChannels;
        var shorter = places.Remove(i, block);
        places.Restore(i, block);
        return ledger.Savings(touches[i], shorter);
    }

    private int Take(int i)
    {
        var block = groups[i].Take(groups[i].NextBlock);
        ledger.Shorten(touches[i], places.Remove(i, block));
        Forget(i);
        return block.Length;
    }

    // The last blocks may have gone further than needed; what came late and still fits goes back. Gives the last block of each group that stays taken.
    private List<(int Group, int Count)> GiveBack(CostGoal goal)
    {
        var settled = new HashSet<int>();
        var needed = new List<(int Group, int Count)>();
        foreach (var (i, count) in taken)
        {
            if (!settled.Contains(i) && !GoesBack(i, count, goal))
            {
                settled.Add(i);
                needed.Add((i, count));
            }
        }

        return needed;
    }

    // Where whole blocks go much too far, as where one group is most of the model, parts of them go back.
    private void Refine(List<(int Group, int Count)> needed, CostGoal goal)
    {
        foreach (var (i, block) in needed.TakeWhile(_ => goal.IsFarExceeded(ledger)))
        {
            var step = groups[i].FineStep(block);
            for (var count = block - step; count > 0 && !GoesBack(i, count, goal); count -= step)
            {
            }
        }
    }

    // True where the goal holds without the channels taken last.
    private bool GoesBack(int i, int count, CostGoal goal)
    {
        ledger.Lengthen(touches[i], places.Restore(i, groups[i].GiveBack(count)));
        Forget(i);
        if (goal.Holds(ledger))
        {
            return true;
        }

        ledger.Shorten(touches[i], places.Remove(i, groups[i].Take(count)));
        return false;
    }

    private void Forget(int i)
    {
        foreach (var neighbour in neighbours[i])
        {
            savings[neighbour] = null;
        }
    }
}
