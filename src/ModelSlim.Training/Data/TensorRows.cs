using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Training.Data;

/// <summary>
/// Rows that lie in many files of tensors [N, ...], or of one row each where that is all of an input, read file by file; the files read last
/// are kept, up to a number of bytes.
/// </summary>
internal sealed class TensorRows : SampleRows
{
    private const long MostKeptBytes = 64L * 1024 * 1024;

    private readonly TensorFile reader = new();
    private readonly ImmutableArray<string> files;
    private readonly TensorHead head;
    private readonly int[] ends;
    private readonly int rows;
    private readonly bool single;
    private readonly Lock guard = new();
    private readonly LinkedList<(int File, TensorData Tensor)> kept = [];
    private long keptBytes;

    private TensorRows(ImmutableArray<string> files, TensorHead head, bool single, int[] ends, int? limit)
    {
        this.files = files;
        this.head = head;
        this.single = single;
        this.ends = ends;
        rows = Math.Min(ends[^1], limit ?? int.MaxValue);
    }

    /// <inheritdoc/>
    public override string Name => files[0];

    /// <inheritdoc/>
    public override ElementType Type => head.Type;

    /// <inheritdoc/>
    public override int Rows => rows;

    /// <inheritdoc/>
    public override int DeclaredRows => ends[^1];

    /// <inheritdoc/>
    public override ImmutableArray<int> RowShape => single ? head.Shape : head.Shape[1..];

    /// <summary>Reads the heads of files, which must all be alike but for the number of rows.</summary>
    /// <param name="files">The files, at least one.</param>
    /// <param name="limit">At most this many rows, from the front; null means all.</param>
    /// <param name="input">What the rows are for; a file that has the shape of one without an axis of samples is one row. Null for labels.</param>
    /// <exception cref="InvalidDataException">A file is no tensor, or unlike the first; the message names it.</exception>
    /// <exception cref="OverflowException">There are more rows than an array could hold.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file must not be read.</exception>
    public static TensorRows Open(ImmutableArray<string> files, int? limit, SampleInput? input = null)
    {
        var reader = new TensorFile();
        var first = reader.ReadHead(files[0]);
        var single = input is { IsWhole: true } && first.Shape.SequenceEqual(input.Shape);
        if ((first.Shape.IsEmpty && !single) || !ElementConversion.Reads(first.Type))
        {
            throw new InvalidDataException(
                $"{files[0]} is {first.Type} [{string.Join(", ", first.Shape)}]; numbers with an axis for the samples are wanted.");
        }

        var ends = new int[files.Length];
        for (var i = 0; i < ends.Length; i++)
        {
            var head = i == 0 ? first : reader.ReadHead(files[i]);
            if (head.Type != first.Type || head.Shape.Length != first.Shape.Length || !Row(head, single).SequenceEqual(Row(first, single)))
            {
                throw new InvalidDataException(
                    $"{files[i]} is {head.Type} [{string.Join(", ", head.Shape)}], unlike {files[0]}, {first.Type} [{string.Join(", ", first.Shape)}].");
            }

            ends[i] = checked((i == 0 ? 0 : ends[i - 1]) + (single ? 1 : head.Shape[0]));
        }

        return new TensorRows(files, first, single, ends, limit);
    }

    /// <inheritdoc/>
    public override void ReadRow(int row, Span<float> target)
    {
        var file = Array.BinarySearch(ends, row + 1) is var found && found >= 0 ? found : ~found;
        while (file > 0 && ends[file - 1] > row)
        {
            file--;
        }

        var start = file == 0 ? 0 : ends[file - 1];
        var length = RowLength;
        var size = length * TensorData.SizeOf(head.Type);
        ElementConversion.ToSingles(head.Type, Of(file).Bytes.Span.Slice((row - start) * size, size), target[..length]);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
    }

    private static ReadOnlySpan<int> Row(TensorHead head, bool single) => head.Shape.AsSpan()[(single ? 0 : 1)..];

    private TensorData Of(int file)
    {
        lock (guard)
        {
            for (var node = kept.First; node is not null; node = node.Next)
            {
                if (node.Value.File == file)
                {
                    kept.Remove(node);
                    kept.AddFirst(node);
                    return node.Value.Tensor;
                }
            }
        }

        var tensor = reader.Read(files[file]);
        var count = ends[file] - (file == 0 ? 0 : ends[file - 1]);
        if (tensor.Type != head.Type || !tensor.Shape.SequenceEqual(single ? head.Shape : head.Shape.SetItem(0, count)))
        {
            throw new InvalidDataException($"{files[file]} changed while it was used.");
        }

        lock (guard)
        {
            kept.AddFirst((file, tensor));
            keptBytes += tensor.Bytes.Length;
            while (keptBytes > MostKeptBytes && kept.Count > 1)
            {
                keptBytes -= kept.Last!.Value.Tensor.Bytes.Length;
                kept.RemoveLast();
            }
        }

        return tensor;
    }
}
