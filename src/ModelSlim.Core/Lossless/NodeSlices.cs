using ModelSlim.Core.Axes;
using ModelSlim.Core.Dependencies;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Lossless;

/// <summary>
/// Tells what one node makes of what is known of its inputs. Cutting a node down to one index of an axis is allowed wherever its
/// relations tie that index to one index of each input at most; so equal slices in give equal slices out.
/// </summary>
internal sealed class NodeSlices
{
    private readonly NodeView view;
    private readonly Operator op;
    private readonly SliceFacts facts;
    private readonly AxisRelation[] relations;
    private readonly CellSpace cells = new();
    private readonly HashSet<AxisRef> tangled = [];
    private readonly ILookup<int, (AxisRef Axis, int Place)> byClass;
    private readonly string[] inputs;

    /// <summary>Reads the relations of a traced node.</summary>
    public NodeSlices(NodeView view, Operator op, SliceFacts facts, ValueTrace trace)
    {
        this.view = view;
        this.op = op;
        this.facts = facts;
        inputs = [.. view.Node.Inputs.Where(value => value.Length > 0).Distinct()];
        foreach (var value in inputs.Concat(view.Node.Outputs.Where(value => value.Length > 0)).Distinct())
        {
            cells.Add(value, trace.Shape(value));
        }

        cells.Seal();
        relations = [.. op.Relate(view)];
        var tied = new RelationCompiler(cells);
        var fit = new RelationFit(cells);
        foreach (var relation in relations)
        {
            if (relation is AxisRelation.Tied or AxisRelation.Moved or AxisRelation.Part && fit.Holds(relation))
            {
                tied.Add(relation);
            }
            else if (relation is not AxisRelation.Frozen)
            {
                tangled.UnionWith(relation.Axes);
            }
        }

        // Where an output keeps the axis that is summed over, as of CumSum, each of its slices is made of several.
        tangled.UnionWith(op.Contracted(view).Where(axis => !view.IsStored(axis.Value)));
        byClass = cells.Axes
            .SelectMany(axis => Enumerable.Range(0, cells.Extent(axis)).Select(place => (Axis: axis, Place: place)))
            .ToLookup(cell => cells.Class(cells.Cell(cell.Axis, cell.Place)));
    }

    /// <summary>Notes what is known of the outputs.</summary>
    public void Note()
    {
        foreach (var output in view.Node.Outputs.Where(value => value.Length > 0))
        {
            if (inputs.All(facts.IsSettled) && Array.Exists(relations, relation => relation is not AxisRelation.Frozen))
            {
                facts.Settle(output);
            }

            foreach (var axis in cells.Axes.Where(axis => axis.Value == output && cells.Extent(axis) > 1))
            {
                if (!tangled.Contains(axis))
                {
                    NoteTied(axis);
                }
                else if (relations.Where(relation => relation.Axes.Contains(axis)).ToArray() is [AxisRelation.Product product])
                {
                    NoteProduct(axis, product);
                }
            }
        }
    }

    private void NoteTied(AxisRef axis)
    {
        var extent = cells.Extent(axis);
        var partners = new Dictionary<string, (AxisRef Axis, int Place)>[extent];
        for (var place = 0; place < extent; place++)
        {
            partners[place] = new Dictionary<string, (AxisRef, int)>(StringComparer.Ordinal);
            foreach (var cell in byClass[cells.Class(cells.Cell(axis, place))].Where(cell => cell != (axis, place)))
            {
                if (tangled.Contains(cell.Axis) || cell.Axis.Value == axis.Value
                    || (inputs.Contains(cell.Axis.Value) && !partners[place].TryAdd(cell.Axis.Value, cell)))
                {
                    return;
                }
            }
        }

        var followed = partners.SelectMany(found => found.Keys).ToHashSet(StringComparer.Ordinal);
        if (followed.Count > 0)
        {
            facts.Note(
                axis,
                Twins(extent, place => string.Join(' ', inputs.Select(value =>
                    partners[place].TryGetValue(value, out var cell) ? facts.Twin(cell.Axis, cell.Place) : -1))),
                [.. Enumerable.Range(0, extent).Select(place => inputs.All(value => IsSettled(value, partners[place], followed)))]);
        }
    }

    // Where Reshape splits or joins axes. A joined index lies in a slice of each factor; a factor's index is all joined ones of it.
    private void NoteProduct(AxisRef axis, AxisRelation.Product product)
    {
        var factor = product.Factors.IndexOf(axis);
        var others = axis == product.Merged ? product.Factors : [product.Merged];
        if (others.Any(other => !inputs.Contains(other.Value)))
        {
            return;
        }

        var extent = cells.Extent(axis);
        var parts = new List<(AxisRef Axis, int Place)>[extent];
        for (var place = 0; place < extent; place++)
        {
            parts[place] = factor < 0
                ? [.. product.Factors.Zip(product.Places, (other, places) => (other, places[place]))]
                : [.. Enumerable.Range(0, product.Places[factor].Length).Where(i => product.Places[factor][i] == place).Select(i => (product.Merged, i))];
        }

        bool Known((AxisRef Axis, int Place) part) => facts.IsSettled(part.Axis, part.Place);
        facts.Note(
            axis,
            Twins(extent, place => string.Join(' ', parts[place].Select(part => facts.Twin(part.Axis, part.Place)))),
            [.. parts.Select(found => factor < 0 ? found.Exists(Known) : found.TrueForAll(Known))]);
    }

    private bool IsSettled(string value, Dictionary<string, (AxisRef Axis, int Place)> partners, HashSet<string> followed) =>
        (partners.TryGetValue(value, out var cell) ? facts.IsSettled(cell.Axis, cell.Place) : followed.Contains(value) || facts.IsSettled(value))
        || op.Weighings(view).Any(weighing => view.Node.Input(weighing.Data) == value && IsAnnulled(weighing, partners));

    // True where the data is weighed by zeros, or does not depend on the inputs where it is not.
    private bool IsAnnulled(Weighing weighing, Dictionary<string, (AxisRef Axis, int Place)> partners)
    {
        var (weights, data) = (view.Node.Input(weighing.Weights), view.Node.Input(weighing.Data));
        if (!view.IsStored(weights) || weights == data)
        {
            return false;
        }

        (int Axis, int Place)? row = partners.TryGetValue(weights, out var cell) ? (cell.Axis.Axis, cell.Place) : null;
        var summed = op.Contracted(view).ToArray();
        var column = Array.FindIndex(summed, axis => axis.Value == weights);
        var source = Array.FindIndex(summed, axis => axis.Value == data);
        if (column < 0 || source < 0)
        {
            return facts.Stored.IsZero(weights, row, null);
        }

        // Channels of a grouped sum do not meet one by one.
        if (cells.Extent(summed[column]) != cells.Extent(summed[source]))
        {
            return facts.Stored.IsZero(weights, row, null);
        }

        return Enumerable.Range(0, cells.Extent(summed[column])).All(place =>
            facts.Stored.IsZero(weights, row, (summed[column].Axis, place)) || facts.IsSettled(summed[source], place));
    }

    private static int[] Twins(int extent, Func<int, string> key)
    {
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. Enumerable.Range(0, extent).Select(place => first.TryAdd(key(place), place) ? place : first[key(place)])];
    }
}
