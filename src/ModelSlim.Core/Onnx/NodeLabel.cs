using ModelSlim.Core.Onnx.Protobuf;

namespace ModelSlim.Core.Onnx;

/// <summary>How messages name a node to the user.</summary>
internal static class NodeLabel
{
    /// <summary>The node's name, or operator and first output where it has none.</summary>
    public static string Of(NodeProto node) =>
        node.Name.Length > 0 ? node.Name : $"{node.OpType}({node.Output.FirstOrDefault(output => output.Length > 0)})";
}
