using System.Runtime.InteropServices;
using System.Text.Json;
using ModelSlim.Training.Worker;
using static TorchSharp.torch;

namespace ModelSlim.Training.Checkpoints;

/// <summary>Reads what <see cref="StateWriter"/> wrote. Its bytes have been verified, so that anything odd is a bug.</summary>
/// <param name="stream">Where from.</param>
internal sealed class StateReader(Stream stream)
{
    /// <summary>Reads a value.</summary>
    public T Read<T>()
    {
        var bytes = new byte[ReadLength()];
        stream.ReadExactly(bytes);
        return JsonSerializer.Deserialize<T>(bytes, WorkerJson.Options)!;
    }

    /// <summary>Reads numbers.</summary>
    public float[] ReadSingles()
    {
        var values = new float[ReadLength()];
        stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    /// <summary>Reads elements into tensors of the same shapes.</summary>
    public void ReadTensors(IEnumerable<Tensor> tensors)
    {
        using var still = no_grad();
        using var scope = NewDisposeScope();
        foreach (var tensor in tensors)
        {
            var stored = empty(tensor.shape, tensor.dtype);
            stream.ReadExactly(stored.bytes);
            tensor.copy_(stored);
        }
    }

    private int ReadLength()
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        stream.ReadExactly(length);
        return BitConverter.ToInt32(length);
    }
}
