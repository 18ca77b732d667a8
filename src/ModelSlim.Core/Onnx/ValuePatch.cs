using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx.Protobuf;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Onnx;

/// <summary>Declared value to its message (ONNX <c>ValueInfoProto</c>).</summary>
internal static class ValuePatch
{
    /// <summary>
    /// Makes a message declare what a value says; doc string, metadata and the denotations of axes that stay are kept.
    /// </summary>
    public static void Apply(ValueInfoProto target, GraphValue value)
    {
        if (GraphComparison.Same(GraphReader.Value(target), value))
        {
            return;
        }

        target.Name = value.Name;
        if (value.Type == ElementType.Undefined && value.Shape.IsDefault)
        {
            return;
        }

        target.Type ??= new TypeProto();
        target.Type.TensorType ??= new TypeProto.Types.Tensor();
        var tensor = target.Type.TensorType;
        if (value.Type != ElementType.Undefined)
        {
            tensor.ElemType = (int)value.Type;
        }

        if (value.Shape.IsDefault)
        {
            tensor.Shape = null;
            return;
        }

        tensor.Shape ??= new TensorShapeProto();
        Apply(tensor.Shape, value.Shape);
    }

    private static void Apply(TensorShapeProto target, ImmutableArray<Dimension> axes)
    {
        while (target.Dim.Count > axes.Length)
        {
            target.Dim.RemoveAt(target.Dim.Count - 1);
        }

        while (target.Dim.Count < axes.Length)
        {
            target.Dim.Add(new TensorShapeProto.Types.Dimension());
        }

        for (var i = 0; i < axes.Length; i++)
        {
            if (axes[i].Extent is { } extent)
            {
                target.Dim[i].DimValue = extent;
            }
            else if (axes[i].Symbol is { } symbol)
            {
                target.Dim[i].DimParam = symbol;
            }
            else
            {
                target.Dim[i].ClearValue();
            }
        }
    }
}
