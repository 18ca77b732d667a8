using System.Runtime.InteropServices;
using System.Text.Json;
using ModelSlim.Training.Worker;
using static TorchSharp.torch;

namespace ModelSlim.Training.Checkpoints;

/// <summary>Reads what <see cref="StateWriter"/> wrote.</summary>
/// <param name="stream">Where from; it can seek.</param>
internal sealed class StateReader(Stream stream)
{
    /// <summary>Reads a value.</summary>
    public T Read<T>()
    {
        var bytes = new byte[ReadLength(sizeof(byte))];
        stream.ReadExactly(bytes);
        return JsonSerializer.Deserialize<T>(bytes, WorkerJson.Options)!;
    }

    /// <summary>Reads numbers.</summary>
    public float[] ReadSingles()
    {
        var values = new float[ReadLength(sizeof(float))];
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

    // How many elements of a size follow; never more than are there, so that no file takes memory that it does not fill.
    private int ReadLength(int size)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        stream.ReadExactly(bytes);
        var length = BitConverter.ToInt32(bytes);
        return length >= 0 && (long)length * size <= stream.Length - stream.Position ? length : throw new EndOfStreamException();
    }
}
