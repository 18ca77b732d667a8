using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Dependencies;

/// <summary>
/// Finds the inputs that have no axis of samples, as a picture [3, H, W] without one: all of such an input is one sample. An axis is none of
/// samples where a layer sums over it, or where a stored tensor holds other numbers for other places of it, since samples are treated alike.
/// </summary>
/// <param name="cells">Which cells belong together, settled.</param>
/// <param name="reach">Follows a cell to those that go with it.</param>
/// <param name="index">The graph.</param>
/// <param name="trace">Its traced shapes.</param>
internal sealed class WholeInputs(CellSpace cells, ChannelReach reach, GraphIndex index, ValueTrace trace)
{
    private readonly Lazy<Dictionary<int, List<AxisRef>>> axesOfClass = new(() => ByClass(cells));

    /// <summary>Finds them.</summary>
    /// <param name="views">The nodes, and what their operators are.</param>
    /// <param name="answers">What the operators say of the axes, by node; null where that is not known.</param>
    /// <param name="isSized">True where the size of a value hangs on no element of an input.</param>
    /// <returns>Names of inputs.</returns>
    public ImmutableSortedSet<string> Find(
        IReadOnlyList<(NodeView View, Operator? Operator)> views, IReadOnlyList<AxisRelation[]?> answers, Func<string, bool> isSized)
    {
        var inputs = index.Graph.Inputs.Select(input => input.Name).Where(trace.Shapes.ContainsKey).ToArray();
        var several = inputs.Where(input => trace.Shape(input) is [> 1, ..]).ToArray();
        var summed = several.Length == 0 ? [] : Summed(views, answers);
        var whole = inputs.Where(input => trace.Shape(input).IsEmpty || (several.Contains(input) && IsWhole(input, summed))).ToHashSet(StringComparer.Ordinal);

        // What is fed together is as many samples in each input, and as many rows in what comes out.
        int[] batches = [.. inputs.Where(input => !whole.Contains(input)).Select(input => trace.Shape(input)[0]).Distinct()];
        var disagree = batches.Length > 1 || (whole.Count > 0 && batches is [> 1])
            || (batches is [> 1 and var batch] && index.Graph.Outputs.All(output => isSized(output.Name) && !Holds(output.Name, batch)));
        return [.. whole, .. disagree ? several : []];
    }

    private bool Holds(string output, int batch) => trace.Shapes.TryGetValue(output, out var shape) && shape is [var first, ..] && first % batch == 0;

    private bool IsWhole(string input, HashSet<AxisRef> summed)
    {
        var axis = new AxisRef(input, 0);
        var reached = Enumerable.Range(0, cells.Extent(axis))
            .SelectMany(i => reach.Classes(cells.Class(cells.Cell(axis, i))))
            .Distinct()
            .SelectMany(of => axesOfClass.Value.GetValueOrDefault(of) ?? [])
            .Distinct();
        return reached.Any(other => summed.Contains(other) || (index.Constant(other.Value) is { IsFloatingPoint: true } stored && Differs(stored, other.Axis)));
    }

    // Axes of computed values that a layer sums over: those that it says so of, and those that a window or a recurrence goes along.
    private static HashSet<AxisRef> Summed(IReadOnlyList<(NodeView View, Operator? Operator)> views, IReadOnlyList<AxisRelation[]?> answers)
    {
        var summed = new HashSet<AxisRef>();
        foreach (var ((view, op), answer) in views.Zip(answers))
        {
            if (op is null || answer is null || op.Macs(view) == 0)
            {
                continue;
            }

            var mentioned = answer.SelectMany(relation => relation.Axes).ToHashSet();
            var silent = Enumerable.Range(0, view.InputCount).Where(view.HasInput)
                .SelectMany(input => Enumerable.Range(0, view.InputShape(input).Length).Select(axis => view.In(input, axis)))
                .Where(axis => !mentioned.Contains(axis));
            summed.UnionWith(op.Contracted(view).Concat(silent).Where(axis => !view.IsStored(axis.Value)));
        }

        return summed;
    }

    private static bool Differs(TensorData stored, int axis)
    {
        var size = TensorData.SizeOf(stored.Type);
        var run = (int)TensorData.Count(stored.Shape[(axis + 1)..]) * size;
        var block = run * stored.Shape[axis];
        var bytes = stored.Bytes.Span;
        for (var start = 0; block > 0 && start < bytes.Length; start += block)
        {
            for (var place = 1; place < stored.Shape[axis]; place++)
            {
                if (!bytes.Slice(start + (place * run), run).SequenceEqual(bytes.Slice(start, run)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static Dictionary<int, List<AxisRef>> ByClass(CellSpace cells)
    {
        var axes = new Dictionary<int, List<AxisRef>>();
        foreach (var axis in cells.Axes)
        {
            foreach (var of in Enumerable.Range(0, cells.Extent(axis)).Select(i => cells.Class(cells.Cell(axis, i))).Distinct())
            {
                if (!axes.TryGetValue(of, out var list))
                {
                    axes[of] = list = [];
                }

                list.Add(axis);
            }
        }

        return axes;
    }
}
