using ModelSlim.Core.Onnx.Protobuf;

namespace ModelSlim.Core.Onnx;

/// <summary>Finds every stored tensor of a message: initializers, attributes, subgraphs, functions, training graphs.</summary>
internal static class MessageWalk
{
    /// <summary>Every tensor of a file, with a name for the user.</summary>
    public static IEnumerable<(string Label, TensorProto Tensor)> Tensors(ModelProto model) =>
    [
        .. model.Graph is null ? [] : Tensors(model.Graph),
        .. model.Functions.SelectMany(function => function.Node.SelectMany(Tensors)
            .Concat(function.AttributeProto.SelectMany(attribute => Tensors(function.Name, attribute)))),
        .. model.TrainingInfo.SelectMany(training =>
            new[] { training.Initialization, training.Algorithm }.OfType<GraphProto>().SelectMany(Tensors)),
    ];

    private static IEnumerable<(string Label, TensorProto Tensor)> Tensors(GraphProto graph) =>
        graph.Initializer.Select(tensor => ($"initializer '{tensor.Name}'", tensor))
            .Concat(graph.SparseInitializer.SelectMany(Tensors))
            .Concat(graph.Node.SelectMany(Tensors));

    private static IEnumerable<(string Label, TensorProto Tensor)> Tensors(NodeProto node) =>
        node.Attribute.SelectMany(attribute => Tensors(NodeLabel.Of(node), attribute));

    private static IEnumerable<(string Label, TensorProto Tensor)> Tensors(string owner, AttributeProto attribute)
    {
        var label = $"attribute '{attribute.Name}' of '{owner}'";
        var own = attribute.T is null ? attribute.Tensors : attribute.Tensors.Prepend(attribute.T);
        var sparse = attribute.SparseTensor is null
            ? attribute.SparseTensors
            : attribute.SparseTensors.Prepend(attribute.SparseTensor);
        var graphs = attribute.G is null ? attribute.Graphs : attribute.Graphs.Prepend(attribute.G);
        return own.Select(tensor => (label, tensor))
            .Concat(sparse.SelectMany(Tensors))
            .Concat(graphs.SelectMany(Tensors));
    }

    private static IEnumerable<(string Label, TensorProto Tensor)> Tensors(SparseTensorProto sparse) =>
        new[] { sparse.Values, sparse.Indices }.OfType<TensorProto>()
            .Select(tensor => ($"sparse tensor '{sparse.Values?.Name}'", tensor));
}
