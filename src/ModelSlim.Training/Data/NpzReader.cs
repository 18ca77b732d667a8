using System.Collections.Immutable;
using System.IO.Compression;
using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Training.Data;

/// <summary>
/// Opens NumPy archives (<c>numpy.savez</c>): a zip file with an npy file for each array. Arrays that are stored plain are read
/// in place, packed ones are unpacked, into memory or a temporary file, never beyond what their headers declare.
/// </summary>
internal sealed class NpzReader
{
    private const string Extension = ".npy";
    private const string UsualLabels = "labels";

    private readonly LabelReader labels = new();

    /// <summary>Opens an archive.</summary>
    /// <param name="source">The file, and which array holds the labels.</param>
    /// <param name="inputs">What the model wants. An input takes the array of its name; a single input also the only one there is.</param>
    public Result<SampleSet> Open(DataSource source, ModelInputs inputs) =>
        DataFile.Read(source.Paths[0], "npz", source.Location, file =>
        {
            using var archive = new ZipArchive(file, ZipArchiveMode.Read);
            return Choose(archive, source, inputs).Then(parts => Open(file, parts, source, inputs));
        });

    private Result<SampleSet> Open(FileStream file, Parts parts, DataSource source, ModelInputs inputs)
    {
        var opened = new List<SampleRows>();
        try
        {
            foreach (var entry in parts.Inputs)
            {
                var array = Open(file, entry, source.Limit, source.Location);
                if (!array.Succeeded)
                {
                    return Result<SampleSet>.Failed(array.Diagnostics);
                }

                opened.Add(array.Value);
            }

            // All labels, whatever the limit: a wrong number of them is a wrong file.
            var classes = parts.Labels is null
                ? null
                : Open(file, parts.Labels, null, source.Location).Then(array => ReadLabels(array, opened, source.Location));
            if (classes is { Succeeded: false })
            {
                return Result<SampleSet>.Failed(classes.Diagnostics);
            }

            ImmutableArray<SampleRows> taken = [.. opened];
            opened.Clear();
            return ArraySampleSet.From(taken, classes?.Value, inputs, source.Location);
        }
        finally
        {
            opened.ForEach(rows => rows.Dispose());
        }
    }

    private Result<int[]> ReadLabels(StoredArray array, List<SampleRows> opened, SourceSpan? location) =>
        labels.Read(array, opened.Find(rows => rows.DeclaredRows != array.DeclaredRows) ?? opened[0], location);

    private static Result<Parts> Choose(ZipArchive archive, DataSource source, ModelInputs inputs)
    {
        var entries = archive.Entries.Where(entry => entry.FullName.EndsWith(Extension, StringComparison.Ordinal)).ToArray();
        ZipArchiveEntry? Find(string name) => Array.Find(entries, entry => NameOf(entry) == name);
        var isInput = inputs.All.Any(input => input.Input.Name == UsualLabels);
        var label = source.Labels is { } named ? Find(named) : isInput ? null : Find(UsualLabels);
        if (source.Labels is not null && label is null)
        {
            return Missing(source, entries, $"'{source.Labels}' for labels");
        }

        var others = Array.FindAll(entries, entry => entry != label);
        if (inputs.All is [var only])
        {
            return (Find(only.Input.Name) ?? (others.Length == 1 ? others[0] : null)) is { } single
                ? new Parts([single], label)
                : Missing(source, entries, $"'{only.Input.Name}' for the model's input");
        }

        return inputs.All.FirstOrDefault(input => Find(input.Input.Name) is null) is { } lacking
            ? Missing(source, entries, $"'{lacking.Input.Name}' for that input of the model")
            : new Parts([.. inputs.All.Select(input => Find(input.Input.Name)!)], label);
    }

    private static Diagnostic Missing(DataSource source, ZipArchiveEntry[] entries, string what) => DiagnosticCodes.DataPartMissing.At(
        source.Location,
        $"{source.Paths[0]} has no array {what}; it has {string.Join(", ", entries.Take(12).Select(entry => DisplayText.Quote(NameOf(entry))))}.");

    private static string NameOf(ZipArchiveEntry entry) => entry.FullName[..^Extension.Length];

    private static Result<StoredArray> Open(FileStream file, ZipArchiveEntry entry, int? limit, SourceSpan? location)
    {
        var name = $"{file.Name}, array '{NameOf(entry)}'";
        using var stream = entry.Open();
        var header = NpyHeader.Read(stream);
        var (rows, rowBytes) = (header.Rows(limit), header.RowBytes);
        var declared = checked(header.Length + (rowBytes * header.Shape[0]));
        if (declared != entry.Length || declared > entry.CompressedLength * ArrayReader.MaxDeflateRatio)
        {
            return DiagnosticCodes.DataTruncated.At(
                location, $"{name} has {entry.Length} bytes, {entry.CompressedLength} packed, but its header declares {header.Words}, {declared} bytes.");
        }

        if (rows * rowBytes == 0)
        {
            return DiagnosticCodes.DataEmpty.At(location, $"{name} holds no samples: its shape is {header.Words}.");
        }

        if (PlaceInFile(file, entry, header) is { } place)
        {
            return new StoredArray(name, header, rows, new ByteSource.OfFile(file.Name, File.OpenHandle(file.Name)), place);
        }

        using var spool = new Spool();
        spool.CopyFrom(stream, rows * rowBytes);
        return new StoredArray(name, header, rows, spool.Finish(name), offset: 0);
    }

    // Where the elements of an array begin that is stored plain: the archive reads such a one from the file without a buffer
    // between, so that the file is now behind the header. Null for packed arrays.
    private static long? PlaceInFile(FileStream file, ZipArchiveEntry entry, ArrayHeader header)
    {
        if (entry.CompressedLength != entry.Length)
        {
            return null;
        }

        var (place, size) = (file.Position, header.Length);
        if (place < size || place - size + entry.Length > file.Length)
        {
            return null;
        }

        file.Position = place - size;
        var again = NpyHeader.TryRead(file);
        file.Position = place;
        return again is not null && again.Length == size && again.Words == header.Words ? place : null;
    }

    private sealed record Parts(ImmutableArray<ZipArchiveEntry> Inputs, ZipArchiveEntry? Labels);
}
