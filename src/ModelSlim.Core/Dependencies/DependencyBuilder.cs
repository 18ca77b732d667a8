using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Dependencies;

/// <summary>
/// Finds the groups of channels that can be removed together. Cells (value, axis, index) that an operator ties are united;
/// what reaches a model input, a model output, an ignored name or an operator that freezes it stays.
/// </summary>
/// <param name="catalog">What is known about operators.</param>
public sealed class DependencyBuilder(OperatorCatalog catalog)
{
    /// <summary>Analyses a graph.</summary>
    /// <param name="index">The graph.</param>
    /// <param name="trace">Its traced shapes and movements.</param>
    /// <param name="ignored">Values that must not change, as the recipe says.</param>
    public DependencyGraph Build(GraphIndex index, ValueTrace trace, IReadOnlySet<string> ignored)
    {
        var cells = AddCells(index.Graph, trace);
        var relations = new RelationCompiler(cells);
        var fit = new RelationFit(cells);
        var frozen = new FrozenCells(cells);
        var unknown = ImmutableArray.CreateBuilder<string>();
        var origins = new ShapeOrigins(index, trace, catalog);
        foreach (var node in index.Graph.Nodes)
        {
            if (!Read(NodeView.Of(node, index, trace, origins), trace, fit, relations, frozen))
            {
                unknown.Add(node.Label);
            }
        }

        foreach (var input in index.Graph.Inputs)
        {
            frozen.AddValue(input.Name, trace, new FreezeReason(FreezeKind.Input, input.Name, "it is an input of the model"));
        }

        foreach (var output in index.Graph.Outputs)
        {
            frozen.AddValue(output.Name, trace, new FreezeReason(FreezeKind.Output, output.Name, "it is an output of the model"));
        }

        foreach (var value in ignored.Order(StringComparer.Ordinal))
        {
            frozen.AddValue(value, trace, new FreezeReason(FreezeKind.Ignored, value, "the recipe ignores it"));
        }

        foreach (var axis in relations.Reconcile())
        {
            frozen.Add(axis, new FreezeReason(FreezeKind.Stated, axis.Value, "its axes are joined in two ways that do not match"));
        }

        var (groups, refusals) = new GroupCollector(cells, relations, frozen.ByClass(), index).Collect();
        return new DependencyGraph(groups, refusals, unknown.ToImmutable());
    }

    private static CellSpace AddCells(Graph graph, ValueTrace trace)
    {
        var cells = new CellSpace();
        var names = graph.Inputs.Select(i => i.Name)
            .Concat(graph.Nodes.SelectMany(n => GraphIndex.Captured(n).Concat(n.Outputs)));
        foreach (var name in names)
        {
            if (trace.Shapes.TryGetValue(name, out var shape))
            {
                cells.Add(name, shape);
            }
        }

        cells.Seal();
        return cells;
    }

    private static IEnumerable<AxisRef> AxesOf(Node node, ValueTrace trace) =>
        GraphIndex.Captured(node).Concat(node.Outputs).Distinct()
            .Where(trace.Shapes.ContainsKey)
            .SelectMany(value => Enumerable.Range(0, trace.Shapes[value].Length).Select(axis => new AxisRef(value, axis)));

    // False where the operator is not known.
    private bool Read(NodeView view, ValueTrace trace, RelationFit fit, RelationCompiler relations, FrozenCells frozen)
    {
        var node = view.Node;
        var op = catalog.Find(node);
        var traced = node.Inputs.Concat(node.Outputs).All(value => value.Length == 0 || trace.Shapes.ContainsKey(value));
        var answers = op is not null && traced ? op.Relate(view).ToArray() : [];
        if (!answers.All(fit.Holds))
        {
            answers = [];
        }

        foreach (var answer in answers)
        {
            if (answer is AxisRelation.Frozen(var axis, var reason))
            {
                frozen.Add(axis, new FreezeReason(FreezeKind.Stated, node.Label, reason));
            }
            else
            {
                relations.Add(answer);
            }
        }

        var mentioned = answers.SelectMany(answer => answer.Axes).ToHashSet();
        var silent = op is null
            ? new FreezeReason(FreezeKind.UnknownOperator, node.Label, $"ModelSlim does not know the operator {Name(node)}")
            : new FreezeReason(FreezeKind.Unmentioned, node.Label, op.Silence(node));
        foreach (var axis in AxesOf(node, trace).Where(axis => !mentioned.Contains(axis)))
        {
            frozen.Add(axis, silent);
        }

        return op is not null;
    }

    private static string Name(Node node) => node.Domain.Length == 0 ? node.OpType : $"{node.Domain}.{node.OpType}";
}
