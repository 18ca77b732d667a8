using System.Buffers;
using Microsoft.ML.OnnxRuntime;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Evaluation.Sessions;

/// <summary>A tensor lent to ONNX Runtime without a copy, until it is disposed of. ONNX Runtime only reads it.</summary>
internal sealed class FedValue : IDisposable
{
    private readonly MemoryHandle pin;

    /// <summary>Lends a tensor.</summary>
    public unsafe FedValue(TensorData tensor)
    {
        var type = (Microsoft.ML.OnnxRuntime.Tensors.TensorElementType)(int)tensor.Type;
        var shape = tensor.Shape.Select(extent => (long)extent).ToArray();
        pin = tensor.Bytes.Pin();
        Value = tensor.Bytes.IsEmpty
            ? OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, type, shape)
            : OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, type, shape, (nint)pin.Pointer, tensor.Bytes.Length);
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
