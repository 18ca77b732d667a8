using System.Runtime.InteropServices;
using System.Text.Json;
using ModelSlim.Training.Worker;
using static TorchSharp.torch;

namespace ModelSlim.Training.Checkpoints;

/// <summary>Writes the state of a training, exactly, for <see cref="StateReader"/> to read in the same order.</summary>
/// <param name="stream">Where to.</param>
internal sealed class StateWriter(Stream stream)
{
    /// <summary>Writes a value that JSON can hold.</summary>
    public void Write<T>(T value)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(value, WorkerJson.Options);
        stream.Write(BitConverter.GetBytes(bytes.Length));
        stream.Write(bytes);
    }

    /// <summary>Writes numbers as they are in memory.</summary>
    public void WriteSingles(float[] values)
    {
        stream.Write(BitConverter.GetBytes(values.Length));
        stream.Write(MemoryMarshal.AsBytes<float>(values));
    }

    /// <summary>Writes the elements of tensors, whatever their order in memory.</summary>
    public void WriteTensors(IEnumerable<Tensor> tensors)
    {
        using var scope = NewDisposeScope();
        foreach (var tensor in tensors)
        {
            stream.Write(tensor.detach().contiguous().bytes);
        }
    }
}
