using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Lossless;

/// <summary>The slices of a tensor along one axis, as bytes, where they lie.</summary>
internal sealed class TensorSlices
{
    private const int Samples = 8;

    private readonly ReadOnlyMemory<byte> bytes;
    private readonly int element;
    private readonly int run;
    private readonly int step;
    private readonly int runs;

    /// <summary>Looks at the slices of an axis.</summary>
    public TensorSlices(TensorData tensor, int axis)
    {
        bytes = tensor.Bytes;
        element = TensorData.SizeOf(tensor.Type);
        run = checked((int)TensorData.Count(tensor.Shape[(axis + 1)..]) * element);
        step = checked(run * tensor.Shape[axis]);
        runs = step == 0 ? 0 : bytes.Length / step;
    }

    /// <summary>A hash of a few elements of a slice, from its whole length.</summary>
    public int SampleHash(int place)
    {
        var hash = new HashCode();
        for (var sample = 0; sample < Samples && runs > 0; sample++)
        {
            var row = (int)((long)(runs - 1) * sample / (Samples - 1));
            var column = (int)((long)((run / element) - 1) * (Samples - 1 - sample) / (Samples - 1));
            hash.AddBytes(Run(place, row).Slice(column * element, element));
        }

        return hash.ToHashCode();
    }

    /// <summary>A hash of all of a slice.</summary>
    public int Hash(int place)
    {
        var hash = new HashCode();
        for (var row = 0; row < runs; row++)
        {
            hash.AddBytes(Run(place, row));
        }

        return hash.ToHashCode();
    }

    /// <summary>True where two slices have the same bytes.</summary>
    public bool AreEqual(int one, int other)
    {
        for (var row = 0; row < runs; row++)
        {
            if (!Run(one, row).SequenceEqual(Run(other, row)))
            {
                return false;
            }
        }

        return true;
    }

    private ReadOnlySpan<byte> Run(int place, int row) => bytes.Span.Slice((row * step) + (place * run), run);
}
