using Google.Protobuf;
using ModelSlim.Core.Onnx.Protobuf;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Onnx;

/// <summary>Constant to stored tensor (ONNX <c>TensorProto</c>).</summary>
internal static class TensorPatch
{
    /// <summary>Puts shape, type and data into a message, which keeps its name, doc string, metadata and unknown fields.</summary>
    public static void Apply(TensorProto target, TensorData data)
    {
        target.Dims.Clear();
        target.Dims.AddRange(data.Shape.Select(extent => (long)extent));
        target.DataType = (int)data.Type;
        target.FloatData.Clear();
        target.Int32Data.Clear();
        target.StringData.Clear();
        target.Int64Data.Clear();
        target.DoubleData.Clear();
        target.Uint64Data.Clear();
        target.ExternalData.Clear();
        target.ClearDataLocation();
        target.RawData = UnsafeByteOperations.UnsafeWrap(data.Bytes);
    }
}
