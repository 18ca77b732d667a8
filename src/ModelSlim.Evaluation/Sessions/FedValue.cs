using System.Buffers;
using Microsoft.ML.OnnxRuntime;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Evaluation.Sessions;

/// <summary>
/// A tensor lent to ONNX Runtime until it is disposed of; it only reads it. Without a copy where the array begins at a place at
/// which ONNX Runtime's own do: sums over an array that begins elsewhere are added up in another order, and arrays of .NET begin
/// anywhere, so that the same run would round otherwise each time.
/// </summary>
internal sealed class FedValue : IDisposable
{
    private readonly MemoryHandle pin;

    /// <summary>Lends a tensor.</summary>
    public unsafe FedValue(TensorData tensor)
    {
        var type = (Microsoft.ML.OnnxRuntime.Tensors.TensorElementType)(int)tensor.Type;
        var shape = tensor.Shape.Select(extent => (long)extent).ToArray();
        pin = tensor.Bytes.Pin();
        if (!tensor.Bytes.IsEmpty && (nint)pin.Pointer % AlignedBytes.Alignment == 0)
        {
            Value = OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, type, shape, (nint)pin.Pointer, tensor.Bytes.Length);
            return;
        }

        pin.Dispose();
        Value = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, type, shape);
        tensor.Bytes.Span.CopyTo(Value.GetTensorMutableRawData());
    }

    /// <summary>The tensor as ONNX Runtime knows it.</summary>
    public OrtValue Value { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Value.Dispose();
        pin.Dispose();
    }
}
