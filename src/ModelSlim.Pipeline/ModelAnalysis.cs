using System.Collections.Immutable;
using ModelSlim.Core.Costs;
using ModelSlim.Core.Data;
using ModelSlim.Core.Dependencies;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Pipeline;

/// <summary>A model, and everything that is known about it before anything is decided.</summary>
/// <param name="Model">The model, every layer with vectors of its own.</param>
/// <param name="Digest">SHA-256 of its file as it was given and of what the file refers to, in lower-case hexadecimal digits.</param>
/// <param name="Index">Its graph, indexed.</param>
/// <param name="Trace">Shapes, shape-dependent values and data movement.</param>
/// <param name="Dependencies">What can be removed, and what cannot.</param>
/// <param name="Cost">What it costs.</param>
public sealed record ModelAnalysis(
    OnnxModel Model, string Digest, GraphIndex Index, ValueTrace Trace, DependencyGraph Dependencies, ModelCost Cost)
{
    /// <summary>What the model cost as it was given, which targets are shares of.</summary>
    public ModelCost Given { get; init; } = Cost;

    /// <summary>What the model's subgraphs cost, which is in all costs.</summary>
    public InnerCost Inner { get; init; } = InnerCost.None;

    /// <summary>The model as it was given, before anything was removed, which times are compared with.</summary>
    public OnnxModel GivenModel { get; init; } = Model;

    /// <summary>What is written where nothing is cut: the model, without control flow that always takes one course, with vectors shared as they were given.</summary>
    public OnnxModel Uncut { get; init; } = Model;

    /// <summary>What that costs.</summary>
    public ModelCost UncutCost { get; init; } = Cost;

    /// <summary>The model's inputs, as samples fill them.</summary>
    public ImmutableArray<SampleInput> SampleInputs => [.. Model.Graph.Inputs.Select(Filled)];

    /// <summary>Values that must not change, as the recipe says.</summary>
    public ImmutableSortedSet<string> Ignored { get; init; } = [];

    private SampleInput Filled(GraphValue input)
    {
        var (type, shape) = (input.Type == ElementType.Undefined ? ElementType.Float : input.Type, Trace.Shape(input.Name));
        return Dependencies.WholeInputs.Contains(input.Name)
            ? new SampleInput(input.Name, type, shape) { IsWhole = true }
            : new SampleInput(input.Name, type, shape[1..]) { Batch = input.Shape is [{ Extent: { } batch }, ..] ? batch : null };
    }
}
