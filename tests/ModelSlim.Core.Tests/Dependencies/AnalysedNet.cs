using ModelSlim.Core.Axes;
using ModelSlim.Core.Dependencies;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Pruning;
using ModelSlim.Core.Tests.Graphs;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Dependencies;

/// <summary>A net made by hand, with its groups.</summary>
internal sealed class AnalysedNet
{
    /// <summary>Builds and analyses a net.</summary>
    /// <param name="make">Makes the net.</param>
    /// <param name="ignored">Values that must not change.</param>
    public AnalysedNet(Action<ModelBuilder> make, params string[] ignored)
    {
        var builder = new ModelBuilder();
        make(builder);
        Model = builder.Build();
        Index = new GraphIndex(Model.Graph);
        Trace = HandTrace.Of(Model.Graph, builder);
        Dependencies = new DependencyBuilder(OperatorCatalog.Standard).Build(Index, Trace, ignored.ToHashSet());
    }

    public OnnxModel Model { get; }

    public GraphIndex Index { get; }

    public ValueTrace Trace { get; }

    public DependencyGraph Dependencies { get; }

    /// <summary>The group of an id.</summary>
    public ChannelGroup Group(string id) => Dependencies.Groups.Single(group => group.Id == id);

    /// <summary>Ids and sizes of the groups, as <c>id:channels</c>.</summary>
    public IEnumerable<string> Groups => Dependencies.Groups.Select(group => $"{group.Id}:{group.Channels}");

    /// <summary>What is left when channels of some groups go.</summary>
    public ChannelCuts Cuts(params (string Group, int[] Removed)[] cuts)
    {
        var expanded = new PlanExpansion().Expand(
            cuts.Select(cut => new GroupCut(cut.Group, Group(cut.Group).Channels, [.. cut.Removed])), Dependencies, Trace);
        Assert.True(expanded.Succeeded, string.Join('\n', expanded.Diagnostics));
        return expanded.Value;
    }

    /// <summary>The graph after channels of some groups went.</summary>
    public Graph Cut(params (string Group, int[] Removed)[] cuts) => new CutApplier(OperatorCatalog.Standard).Apply(Index, Trace, Cuts(cuts));
}
