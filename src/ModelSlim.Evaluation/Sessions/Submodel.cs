using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Onnx.Protobuf;

namespace ModelSlim.Evaluation.Sessions;

/// <summary>
/// Makes a model of some nodes of another. It carries nothing else of the other, so that a small part of a large model is a
/// small model.
/// </summary>
internal static class Submodel
{
    /// <summary>The part as a model.</summary>
    /// <param name="model">The model that the nodes are of.</param>
    /// <param name="graph">The part.</param>
    public static OnnxModel Of(OnnxModel model, Graph graph)
    {
        // Functions of the model, and attributes that ModelSlim does not read, are only in the message.
        if (model.Source.Functions.Count > 0 || graph.Nodes.Any(HasOpaque))
        {
            return model.With(graph);
        }

        var skeleton = new ModelProto { IrVersion = model.Source.IrVersion, Graph = new GraphProto() };
        return new OnnxModel(graph, skeleton);
    }

    private static bool HasOpaque(Node node) => node.Attributes.Values.Any(value => value switch
    {
        AttributeValue.Opaque => true,
        AttributeValue.Subgraph subgraph => subgraph.Value.Nodes.Any(HasOpaque),
        _ => false,
    });
}
