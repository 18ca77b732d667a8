using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace ModelSlim.Emulation;

/// <summary>Gathers numbers as bytes.</summary>
internal sealed class ByteLog
{
    private readonly MemoryStream bytes = new();

    /// <summary>Adds the elements of a tensor in row-major order, with their type.</summary>
    public void Add(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var plain = tensor.detach().contiguous();
        bytes.WriteByte((byte)plain.dtype);
        bytes.Write(plain.bytes);
    }

    /// <summary>Adds numbers.</summary>
    public void Add(ReadOnlySpan<double> numbers) => bytes.Write(MemoryMarshal.AsBytes(numbers));

    /// <summary>Adds bytes.</summary>
    public void Add(ReadOnlySpan<byte> more) => bytes.Write(more);

    /// <summary>All that was added.</summary>
    public byte[] ToArray() => bytes.ToArray();
}
