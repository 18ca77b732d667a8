using System.Text;

namespace ModelSlim.Fuzzing;

/// <summary>Makes damaged files of valid ones. The same edits give the same file.</summary>
internal sealed class FileMutator
{
    private const int Largest = 1 << 20;

    private static readonly string[] Words =
        ["null", "[]", "{}", "[null]", "\"\"", "true", "-1", "1e999", "[", "{", "\"", "'", "&a", "*a", "!!x", "\n- ", "\n\t", "---\n", ",", ";", ": ", "\0", "\u202e"];

    private readonly IReadOnlyList<byte[]> seeds;
    private readonly int[][] structure;

    /// <summary>Takes valid files.</summary>
    public FileMutator(IReadOnlyList<byte[]> seeds)
    {
        this.seeds = seeds;
        structure = [.. seeds.Select(Structure)];
    }

    /// <summary>A damaged file.</summary>
    /// <param name="seed">Number of the file.</param>
    /// <param name="edits">What is done to it, in order.</param>
    public byte[] Apply(int seed, IEnumerable<Edit> edits)
    {
        List<byte> file = [.. seeds[seed]];
        foreach (var edit in edits)
        {
            if (file.Count > 0)
            {
                Apply(file, Place(file, structure[seed], edit), edit);
            }
        }

        return [.. file];
    }

    private void Apply(List<byte> file, int place, Edit edit)
    {
        switch (edit.Kind)
        {
            case EditKind.Byte:
                file[place] = (byte)edit.Value;
                break;
            case EditKind.Bit:
                file[place] ^= (byte)(1 << (edit.Value & 7));
                break;
            case EditKind.Number:
                NumberForms.Write(file, place, edit.Size, edit.Value);
                break;
            case EditKind.Word:
                file.RemoveRange(place, Math.Min(edit.Size, file.Count - place));
                file.InsertRange(place, Encoding.UTF8.GetBytes(Words[edit.Value % Words.Length]));
                break;
            case EditKind.Truncation:
                file.RemoveRange(place, file.Count - place);
                break;
            case EditKind.Splice:
                file.RemoveRange(place, Math.Min(edit.Size, file.Count - place));
                file.InsertRange(place, Part(edit));
                break;
            case EditKind.Insertion:
                for (var times = edit.Value % 100 == 0 ? 1000 : 1; times > 0 && file.Count < Largest; times--)
                {
                    file.InsertRange(place, Part(edit));
                }

                break;
            default:
                file.RemoveRange(place, Math.Min(edit.Size, file.Count - place));
                break;
        }
    }

    private byte[] Part(Edit edit)
    {
        var source = seeds[edit.Value % seeds.Count];
        var from = edit.Value / seeds.Count % source.Length;
        return source[from..Math.Min(source.Length, from + edit.Size + 1)];
    }

    private static int Place(List<byte> file, int[] structure, Edit edit) => edit.Near && structure.Length > 0
        ? Math.Min(file.Count - 1, structure[(int)((long)edit.At * structure.Length / Edit.Whole)])
        : (int)((long)edit.At * file.Count / Edit.Whole);

    // Weights make most of a model; what looks like text is where names, tags and lengths are. Heads are at the front of all files.
    private static int[] Structure(byte[] file) =>
    [
        .. Enumerable.Range(0, file.Length).Where(place => place < 64
            || (place + 4 <= file.Length && file.AsSpan(place, 4).IndexOfAnyExceptInRange((byte)1, (byte)127) < 0)),
    ];
}
