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
        var origins = new ShapeOrigins(index, trace, catalog);
        var views = index.Graph.Nodes.Select(node => (View: NodeView.Of(node, index, trace, origins), Operator: catalog.Find(node))).ToArray();
        var answers = views.Select(node => Ask(node.View, trace)).ToArray();
        var cells = AddCells(index, trace);
        var relations = new RelationCompiler(cells);
        var fit = new RelationFit(cells);
        var frozen = new FrozenCells(cells);
        foreach (var (node, answer) in index.Graph.Nodes.Zip(answers))
        {
            Read(node, answer is not null && answer.All(fit.Holds) ? answer : [], trace, relations, frozen);
        }

        var unknown = index.Graph.Nodes.Where(node => catalog.Find(node) is null).Select(node => node.Label);
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

        var clashes = relations.Reconcile();
        foreach (var axis in clashes)
        {
            frozen.Add(axis, new FreezeReason(FreezeKind.Stated, axis.Value, "its axes are joined in two ways that do not match"));
        }

        var channels = new ChannelClasses(cells, relations, index);
        var reasons = frozen.ByClass();
        foreach (var axis in new RaggedAxes(cells, [.. relations.Products]).Find(channels.Removable(reasons)))
        {
            frozen.Add(axis, new FreezeReason(FreezeKind.Stated, axis.Value, "it holds an uneven part of joined axes"));
            reasons = null;
        }

        var (groups, refusals) = new GroupCollector(cells, relations, channels, reasons ?? frozen.ByClass()).Collect();
        return new DependencyGraph(groups, [.. refusals, .. SubgraphWeights.Refuse(index)], [.. unknown])
        {
            HasClashes = !clashes.IsEmpty,
            SettledOutputs = new SettledOutputs(index, trace, origins, catalog).Find(groups),
            WholeInputs = new WholeInputs(cells, channels.Reach, index, trace).Find(views, answers, origins.IsSized),
        };
    }

    private CellSpace AddCells(GraphIndex index, ValueTrace trace)
    {
        var cells = new CellSpace();
        var names = index.Graph.Inputs.Select(i => i.Name)
            .Concat(index.Graph.Nodes.SelectMany(n => GraphIndex.Captured(n).Concat(n.Outputs)))
            .Concat(index.Graph.Nodes.SelectMany(n => Inner(NodeView.Of(n, index, trace), trace)));
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

    private IEnumerable<string> Inner(NodeView view, ValueTrace trace) => catalog.Find(view.Node) is { } op && IsTraced(view.Node, trace)
        ? op.Inner(view).Select(inner => view.Inner(inner.Name).Value)
        : [];

    private static bool IsTraced(Node node, ValueTrace trace) =>
        node.Inputs.Concat(node.Outputs).All(value => value.Length == 0 || trace.Shapes.ContainsKey(value));

    private static IEnumerable<AxisRef> AxesOf(Node node, ValueTrace trace) =>
        GraphIndex.Captured(node).Concat(node.Outputs).Distinct()
            .Where(trace.Shapes.ContainsKey)
            .SelectMany(value => Enumerable.Range(0, trace.Shapes[value].Length).Select(axis => new AxisRef(value, axis)));

    // What an operator says of its axes; null where it is not known or was not traced.
    private AxisRelation[]? Ask(NodeView view, ValueTrace trace) =>
        catalog.Find(view.Node) is { } op && IsTraced(view.Node, trace) ? [.. op.Relate(view)] : null;

    private void Read(Node node, AxisRelation[] answers, ValueTrace trace, RelationCompiler relations, FrozenCells frozen)
    {
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
        var silent = catalog.Find(node) is not { } op
            ? new FreezeReason(FreezeKind.UnknownOperator, node.Label, $"ModelSlim does not know the operator {Name(node)}")
            : new FreezeReason(FreezeKind.Unmentioned, node.Label, op.Silence(node));
        foreach (var axis in AxesOf(node, trace).Where(axis => !mentioned.Contains(axis)))
        {
            frozen.Add(axis, silent);
        }
    }

    private static string Name(Node node) => node.Domain.Length == 0 ? node.OpType : $"{node.Domain}.{node.OpType}";
}
