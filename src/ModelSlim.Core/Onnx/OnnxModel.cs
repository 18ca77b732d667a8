using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx.Protobuf;

namespace ModelSlim.Core.Onnx;

/// <summary>
/// An ONNX file in memory: the graph that ModelSlim works on, and the message it was read from, which keeps everything that
/// ModelSlim does not understand. Immutable: nobody changes <see cref="Source"/>.
/// </summary>
/// <param name="Graph">The main graph.</param>
/// <param name="Source">The message the model was read from, with what was external data in it.</param>
public sealed record OnnxModel(Graph Graph, ModelProto Source)
{
    /// <summary>Files beside the model that held some of its data: paths relative to its folder, in ordinal order.</summary>
    public ImmutableArray<string> ExternalFiles { get; init; } = [];

    /// <summary>True where stored tensors of many zeros are written as <c>sparse_initializer</c>, if that is smaller and the file's version has it.</summary>
    public bool StoresSparse { get; init; }

    /// <summary>This model with another graph. What the graph keeps of the old one is written back as it was.</summary>
    public OnnxModel With(Graph graph) => this with { Graph = graph };
}
