using System.Collections.Immutable;
using System.IO.Compression;
using ModelSlim.Core.Data;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Tensors;
using ModelSlim.Training.Data;

namespace ModelSlim.Fuzzing.Targets;

/// <summary>Files of samples; what is opened is read to its end.</summary>
public abstract class SamplesTarget : FileTarget
{
    private const int MostRead = 64;

    // Deflate makes no more than this of a byte, and what it makes may be held twice and become labels.
    private const int MostOfAByte = 1032 * 12;

    private readonly SampleSetReader reader = new(threads: 1);

    /// <summary>Most of it is the bytes that a packed file may become.</summary>
    public override long MostAllocated(int length) => (8L << 20) + ((long)MostOfAByte * length);

    /// <summary>A model of pictures 1 x 4 x 4.</summary>
    protected static ImmutableArray<SampleInput> Pictures { get; } = [new("x", ElementType.Float, [1, 4, 4])];

    /// <summary>A model of three numbers.</summary>
    protected static ImmutableArray<SampleInput> Numbers { get; } = [new("x", ElementType.Float, [3])];

    /// <summary>Opens a source and reads it; false where that is refused.</summary>
    protected bool Opens(DataSource source, ImmutableArray<SampleInput> inputs)
    {
        var opened = reader.Open(source, new(), inputs);
        if (!opened.Succeeded)
        {
            return false;
        }

        using var samples = opened.Value;
        try
        {
            samples.Read([.. Enumerable.Range(0, Math.Min(samples.Count, MostRead))]);
            return true;
        }
        catch (UnreadableSampleException)
        {
            return false;
        }
    }

    /// <summary>A file as gzip packs it.</summary>
    protected static byte[] Packed(byte[] file)
    {
        using var stream = new MemoryStream();
        using (var packed = new GZipStream(stream, CompressionLevel.Optimal))
        {
            packed.Write(file);
        }

        return stream.ToArray();
    }
}
