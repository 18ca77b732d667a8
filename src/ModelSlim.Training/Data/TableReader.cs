using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Tensors;
using Sylvan.Data.Csv;

namespace ModelSlim.Training.Data;

/// <summary>
/// Opens tables: text with a row a sample, as of RFC 4180, separated by comma, semicolon, tab or bar, plain or gzip. The numbers
/// are read once into float32, in memory or a temporary file.
/// </summary>
internal sealed class TableReader
{
    private const int LargestRow = 1 << 24;

    // Tables of real numbers pack to a third or a tenth.
    private const long MostUnpacked = 1L << 30;
    private const long MostOfAByte = 100;

    /// <summary>Opens a table.</summary>
    /// <param name="source">The file, and where header and labels are.</param>
    /// <param name="inputs">What the model wants.</param>
    /// <param name="classes">Names that number the classes, as of the training samples; null where the labels' own do.</param>
    public Result<SampleSet> Open(DataSource source, ModelInputs inputs, ImmutableArray<string>? classes) =>
        DataFile.Read(source.Paths[0], "CSV", source.Location, file =>
        {
            using Stream stream = DataFile.IsPacked(file)
                ? new CappedStream(new GZipStream(file, CompressionMode.Decompress), MostUnpacked + (MostOfAByte * file.Length))
                : file;
            using var text = new StreamReader(stream, Encoding.UTF8);
            try
            {
                using var table = CsvDataReader.Create(text, new CsvDataReaderOptions
                {
                    HasHeaders = false,
                    BufferSize = 1 << 16,
                    MaxBufferSize = LargestRow,
                });
                return Read(table, source, inputs, classes);
            }
            catch (CsvFormatException malformed)
            {
                throw new InvalidDataException($"row {malformed.RowNumber}: {malformed.Message.TrimEnd('.')}", malformed);
            }
        });

    private static Result<SampleSet> Read(CsvDataReader table, DataSource source, ModelInputs inputs, ImmutableArray<string>? classes)
    {
        if (!NextRow(table))
        {
            return DiagnosticCodes.DataEmpty.At(source.Location, $"{source.Paths[0]} has no rows.");
        }

        ImmutableArray<string> first = [.. Enumerable.Range(0, table.RowFieldCount).Select(table.GetString)];
        return TableColumns.Of(first, source, inputs).Then(columns =>
        {
            var labels = columns.Label < 0 ? null : new ClassLabels();
            using var spool = new Spool();
            if (columns.Names is not null && !NextRow(table))
            {
                return DiagnosticCodes.DataEmpty.At(source.Location, $"{source.Paths[0]} has a header and no rows.");
            }

            var rows = 0;
            var values = new float[columns.Values.Length];
            do
            {
                if (ReadRow(table, columns, values, labels) is { } wrong)
                {
                    return DiagnosticCodes.TableRowInvalid.At(source.Location, $"{source.Paths[0]}, row {table.RowNumber}: {wrong}.");
                }

                spool.Write(MemoryMarshal.AsBytes<float>(values));
                rows++;
            }
            while (rows < (source.Limit ?? int.MaxValue) && NextRow(table));
            return Finish(spool, rows, columns, labels, source, inputs, classes);
        });
    }

    // Empty lines are no rows, unless there is one column, where they are a missing value.
    private static bool NextRow(CsvDataReader table)
    {
        while (table.Read())
        {
            if (table.RowFieldCount > 1 || !table.GetFieldSpan(0).Trim().IsEmpty)
            {
                return true;
            }
        }

        return false;
    }

    // What is wrong with the row, or null.
    private static string? ReadRow(CsvDataReader table, TableColumns columns, float[] values, ClassLabels? labels)
    {
        if (table.RowFieldCount != columns.Count)
        {
            return $"it has {table.RowFieldCount} cells, but the first row has {columns.Count}";
        }

        for (var i = 0; i < values.Length; i++)
        {
            var cell = table.GetFieldSpan(columns.Values[i]).Trim();
            if (!double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !float.IsFinite((float)value))
            {
                return $"column {columns.Title(columns.Values[i])} {(cell.IsEmpty ? "is empty" : $"has {DisplayText.Quote(cell.ToString())}")}; a number that float32 holds is wanted";
            }

            values[i] = (float)value;
        }

        try
        {
            labels?.Add(table.GetFieldSpan(columns.Label));
            return null;
        }
        catch (InvalidDataException invalid)
        {
            return invalid.Message;
        }
    }

    private static Result<SampleSet> Finish(
        Spool spool,
        int rows,
        TableColumns columns,
        ClassLabels? labels,
        DataSource source,
        ModelInputs inputs,
        ImmutableArray<string>? classes)
    {
        (int[]? Labels, ImmutableArray<string>? Classes) numbered = default;
        try
        {
            if (labels is not null)
            {
                numbered = labels.Finish(classes);
            }
        }
        catch (InvalidDataException invalid)
        {
            return DiagnosticCodes.LabelInvalid.At(source.Location, $"{source.Paths[0]}: {invalid.Message}.");
        }

        var bytes = spool.Finish(source.Paths[0]);
        var arrays = ImmutableArray.CreateBuilder<SampleRows>();
        var start = 0;
        foreach (var input in inputs.All)
        {
            arrays.Add(new StoredArray(
                source.Paths[0],
                new ArrayHeader(ElementType.Float, BigEndian: false, [rows, .. input.Shape], Length: 0),
                rows,
                bytes,
                start * sizeof(float))
            {
                Stride = columns.Values.Length,
            });
            start += input.Length;
        }

        return ArraySampleSet.From(arrays.ToImmutable(), numbered.Labels, inputs, source.Location, numbered.Classes);
    }
}
