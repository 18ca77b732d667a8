using Google.Protobuf;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx.Protobuf;
using AttributeType = ModelSlim.Core.Onnx.Protobuf.AttributeProto.Types.AttributeType;

namespace ModelSlim.Core.Onnx;

/// <summary>Value to attribute (ONNX <c>AttributeProto</c>).</summary>
internal static class AttributePatch
{
    /// <summary>Puts a value into a message, which keeps its name, doc string and unknown fields.</summary>
    /// <param name="target">The message.</param>
    /// <param name="before">What <paramref name="target"/> holds; null where it is new.</param>
    /// <param name="after">What it shall hold.</param>
    /// <exception cref="InvalidOperationException">
    /// <paramref name="after"/> is a value that ModelSlim does not read, so that it can only be kept where it was.
    /// </exception>
    public static void Apply(AttributeProto target, AttributeValue? before, AttributeValue after)
    {
        var tensor = before is AttributeValue.Tensor ? target.T : new TensorProto();
        var graph = before is AttributeValue.Subgraph ? target.G : new GraphProto();
        Clear(target);
        switch (after)
        {
            case AttributeValue.Int value:
                target.Type = AttributeType.Int;
                target.I = value.Value;
                break;
            case AttributeValue.Ints value:
                target.Type = AttributeType.Ints;
                target.Ints.AddRange(value.Values);
                break;
            case AttributeValue.Float value:
                target.Type = AttributeType.Float;
                target.F = value.Value;
                break;
            case AttributeValue.Floats value:
                target.Type = AttributeType.Floats;
                target.Floats.AddRange(value.Values);
                break;
            case AttributeValue.Text value:
                target.Type = AttributeType.String;
                target.S = ByteString.CopyFromUtf8(value.Value);
                break;
            case AttributeValue.Texts value:
                target.Type = AttributeType.Strings;
                target.Strings.AddRange(value.Values.Select(ByteString.CopyFromUtf8));
                break;
            case AttributeValue.Tensor value:
                target.Type = AttributeType.Tensor;
                target.T = tensor;
                TensorPatch.Apply(tensor, value.Value);
                break;
            case AttributeValue.Subgraph value:
                target.Type = AttributeType.Graph;
                target.G = graph;
                GraphPatch.Apply(graph, (before as AttributeValue.Subgraph)?.Value, value.Value, initializersAreInputs: false);
                break;
            default:
                throw new InvalidOperationException(
                    $"Attribute '{target.Name}' of a kind that is only kept ({after}) cannot be written anew.");
        }
    }

    private static void Clear(AttributeProto target)
    {
        target.ClearRefAttrName();
        target.ClearF();
        target.ClearI();
        target.ClearS();
        target.T = null;
        target.G = null;
        target.SparseTensor = null;
        target.Tp = null;
        target.Floats.Clear();
        target.Ints.Clear();
        target.Strings.Clear();
        target.Tensors.Clear();
        target.Graphs.Clear();
        target.SparseTensors.Clear();
        target.TypeProtos.Clear();
    }
}
