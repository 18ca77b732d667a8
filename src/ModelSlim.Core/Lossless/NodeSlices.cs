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
    private readonly SliceFacts facts;
    private readonly AxisRelation[] relations;
    private readonly CellSpace cells = new();
    private readonly HashSet<AxisRef> tangled = [];
    private readonly CellClasses classes;
    private readonly string[] inputs;
    private readonly AxisRef[] summed;
    private readonly Weighing[] weighings;

    /// <summary>Reads the relations of a traced node.</summary>
    public NodeSlices(NodeView view, Operator op, SliceFacts facts, ValueTrace trace)
    {
        this.view = view;
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
        summed = [.. op.Contracted(view)];
        tangled.UnionWith(summed.Where(axis => !view.IsStored(axis.Value)));
        weighings = [.. op.Weighings(view)];
        classes = new CellClasses(cells);
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
        // For each input that is related to the axis, the cell that goes with each place; -1 where there is none.
        var partners = new int[inputs.Length][];
        var extent = cells.Extent(axis);
        var first = cells.Cell(axis, 0);
        for (var place = 0; place < extent; place++)
        {
            foreach (var cell in classes.Of(first + place))
            {
                if (cell == first + place)
                {
                    continue;
                }

                var other = classes.AxisOf(cell);
                if (tangled.Contains(other) || other.Value == axis.Value)
                {
                    return;
                }

                if (Array.IndexOf(inputs, other.Value) is >= 0 and var input)
                {
                    if (partners[input] is null)
                    {
                        Array.Fill(partners[input] = new int[extent], -1);
                    }

                    if (partners[input][place] >= 0)
                    {
                        return;
                    }

                    partners[input][place] = cell;
                }
            }
        }

        if (Array.TrueForAll(partners, of => of is null))
        {
            return;
        }

        var twins = new TwinSearch(extent);
        foreach (var of in partners.Where(of => of is not null))
        {
            twins.Refine(place => of[place] < 0 ? -1 : Twin(of[place]));
        }

        var settled = new bool[extent];
        for (var place = 0; place < extent && MayBeSettled(partners); place++)
        {
            settled[place] = IsSettled(partners, place);
        }

        facts.Note(axis, twins.First, settled);
    }

    // False where some input leaves no place settled.
    private bool MayBeSettled(int[][] partners) => inputs.Index().All(input =>
        facts.Knows(input.Item)
        || (partners[input.Index] is { } of && Array.Exists(of, cell => cell < 0))
        || Array.Exists(weighings, weighing => view.Node.Input(weighing.Data) == input.Item && facts.Stored.HasZeros(view.Node.Input(weighing.Weights))));

    // The first cell of the axis whose slice is equal to a cell's.
    private int Twin(int cell)
    {
        var axis = classes.AxisOf(cell);
        var first = cells.Cell(axis, 0);
        return first + facts.Twin(axis, cell - first);
    }

    private bool IsSettled(int[][] partners, int place)
    {
        for (var input = 0; input < inputs.Length; input++)
        {
            var known = partners[input] is not { } of ? facts.IsSettled(inputs[input])
                : of[place] < 0 || facts.IsSettled(classes.AxisOf(of[place]), classes.PlaceOf(of[place]));
            if (!known && !Array.Exists(weighings, weighing => view.Node.Input(weighing.Data) == inputs[input] && IsAnnulled(weighing, partners, place)))
            {
                return false;
            }
        }

        return true;
    }

    // True where the data is weighed by zeros, or does not depend on the inputs where it is not.
    private bool IsAnnulled(Weighing weighing, int[][] partners, int place)
    {
        var (weights, data) = (view.Node.Input(weighing.Weights), view.Node.Input(weighing.Data));
        if (!view.IsStored(weights) || weights == data)
        {
            return false;
        }

        (int Axis, int Place)? row = partners[Array.IndexOf(inputs, weights)] is { } of && of[place] is >= 0 and var cell
            ? (classes.AxisOf(cell).Axis, classes.PlaceOf(cell))
            : null;
        var column = Array.FindIndex(summed, axis => axis.Value == weights);
        var source = Array.FindIndex(summed, axis => axis.Value == data);

        // Channels of a grouped sum do not meet one by one.
        if (column < 0 || source < 0 || cells.Extent(summed[column]) != cells.Extent(summed[source]))
        {
            return facts.Stored.IsZero(weights, row, null);
        }

        return Enumerable.Range(0, cells.Extent(summed[column])).All(channel =>
            facts.Stored.IsZero(weights, row, (summed[column].Axis, channel)) || facts.IsSettled(summed[source], channel));
    }

    // Where Reshape splits or joins axes. A joined index lies in a slice of each factor; a factor's index is all joined ones of it.
    private void NoteProduct(AxisRef axis, AxisRelation.Product product)
    {
        var factor = product.Factors.IndexOf(axis);
        var others = axis == product.Merged ? product.Factors : [product.Merged];
        if (others.Any(other => !inputs.Contains(other.Value)) || !others.Any(other => facts.Knows(other.Value)))
        {
            return;
        }

        var extent = cells.Extent(axis);
        var twins = new TwinSearch(extent);
        if (factor < 0)
        {
            foreach (var (other, places) in product.Factors.Zip(product.Places))
            {
                twins.Refine(place => facts.Twin(other, places[place]));
            }

            facts.Note(axis, twins.First, [.. Enumerable.Range(0, extent).Select(place => product.Factors.Zip(product.Places)
                .Any(other => facts.IsSettled(other.First, other.Second[place])))]);
            return;
        }

        var parts = Enumerable.Range(0, product.Places[factor].Length).ToLookup(joined => product.Places[factor][joined]);
        var longest = Enumerable.Range(0, extent).Max(place => parts[place].Count());
        int[][] joined = [.. Enumerable.Range(0, extent).Select(place => parts[place].ToArray())];
        for (var i = 0; i < longest; i++)
        {
            twins.Refine(place => i < joined[place].Length ? facts.Twin(product.Merged, joined[place][i]) : -1);
        }

        facts.Note(axis, twins.First, Array.ConvertAll(joined, places => Array.TrueForAll(places, place => facts.IsSettled(product.Merged, place))));
    }
}
