using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Dependencies;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Pruning;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Evaluation.Tracing;

namespace ModelSlim.Evaluation.Tests.Oracles;

/// <summary>A traced model with its groups, for tests that cut it in many ways.</summary>
internal sealed class TracedModel
{
    private readonly SessionFactory sessions = new();

    public TracedModel(OnnxModel model, params string[] ignored)
        : this(model, ImmutableDictionary<string, ImmutableArray<int>>.Empty, ignored)
    {
    }

    public TracedModel(OnnxModel model, IReadOnlyDictionary<string, ImmutableArray<int>> sizes, params string[] ignored)
    {
        Model = model;
        Index = new GraphIndex(model.Graph);
        var trace = Tracer.Trace(model, sizes, TestContext.Current.CancellationToken);
        Assert.True(trace.Succeeded, string.Join('\n', trace.Diagnostics));
        Trace = trace.Value;
        Dependencies = new DependencyBuilder(OperatorCatalog.Standard).Build(Index, Trace, ignored.ToHashSet());
    }

    public OnnxModel Model { get; }

    public GraphIndex Index { get; }

    public ValueTrace Trace { get; }

    public DependencyGraph Dependencies { get; }

    public ModelTracer Tracer => new(sessions, OperatorCatalog.Standard);

    /// <summary>Removes a random share of every group, at least one channel in all where any group has two.</summary>
    public ImmutableArray<GroupCut> RandomCuts(SplitMix random)
    {
        var counts = Dependencies.Groups.Select(group => random.NextInt(group.Channels)).ToArray();
        int[] free = [.. Enumerable.Range(0, counts.Length).Where(i => Dependencies.Groups[i].Channels > 1)];
        if (free.Length > 0 && counts.All(count => count == 0))
        {
            counts[free[random.NextInt(free.Length)]] = 1;
        }

        return
        [
            .. Dependencies.Groups.Select((group, i) => new GroupCut(
                group.Id, group.Channels, [.. random.Permutation(group.Channels).Take(counts[i]).Order()])),
        ];
    }

    /// <summary>Runs a graph of this model on random inputs of the traced sizes.</summary>
    public float[] Run(Graph graph, long seed) => Run(graph, seed, input => Trace.Shape(input));

    /// <summary>Runs a graph of this model, which has one input, on random inputs of some size.</summary>
    public float[] Run(Graph graph, long seed, ImmutableArray<int> shape) => Run(graph, seed, _ => shape);

    private float[] Run(Graph graph, long seed, Func<string, ImmutableArray<int>> shapeOf)
    {
        var session = sessions.Open(Model.With(graph), SessionSettings.AsIs);
        Assert.True(session.Succeeded, string.Join('\n', session.Diagnostics));
        using var opened = session.Value;
        var outputs = opened.Run([.. graph.Inputs.Select(input => Fill(Trace.Types[input.Name], shapeOf(input.Name), seed))], TestContext.Current.CancellationToken);
        Assert.True(outputs.Succeeded, string.Join('\n', outputs.Diagnostics));
        return [.. outputs.Value.SelectMany(output => output!.ToSingles())];
    }

    private static TensorData Fill(ElementType type, ImmutableArray<int> shape, long seed)
    {
        var random = new SplitMix(seed, "input");
        var values = new float[TensorData.Count(shape)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (2 * random.NextSingle()) - 1;
        }

        return TensorData.From(type, shape, values);
    }
}
