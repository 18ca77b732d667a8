using System.Buffers;
using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Training.Data;

/// <summary>Stored rows, fitted to the input of the model that they fill.</summary>
internal sealed class FittedRows : IDisposable
{
    private readonly SampleRows rows;
    private readonly StoredPicture picture;
    private readonly SampleTransform transform;
    private readonly bool rounds;

    private FittedRows(SampleRows rows, StoredPicture picture, ModelInput input)
    {
        this.rows = rows;
        this.picture = picture;
        Input = input;
        transform = new SampleTransform(input);
        rounds = (picture.Height, picture.Width) != (input.Height, input.Width);
    }

    /// <summary>The input.</summary>
    public ModelInput Input { get; }

    /// <summary>Number of samples.</summary>
    public int Count => rows.Rows;

    /// <summary>Where the rows are, for messages.</summary>
    public string Name => rows.Name;

    /// <summary>Fits rows to an input. Takes the rows over: they are disposed with this, or on failure.</summary>
    /// <param name="rows">One row a sample.</param>
    /// <param name="input">What the model wants.</param>
    /// <param name="location">Where the recipe has the data source.</param>
    public static Result<FittedRows> From(SampleRows rows, ModelInput input, SourceSpan? location)
    {
        if (Fit(rows.RowShape, rows.RowLength, input) is { } picture)
        {
            return new FittedRows(rows, picture, input);
        }

        rows.Dispose();
        return DiagnosticCodes.SampleShapeDiffers.At(
            location,
            $"{rows.Name} has samples of shape [{string.Join(", ", rows.RowShape)}], but the model's input '{input.Input.Name}' is " +
            $"[{string.Join(", ", input.Shape)}]; " +
            (input.Input.IsWhole && rows.RowShape.SequenceEqual(input.Shape.Skip(1)) ? "one sample is all of that input, so put an axis for the samples before it in the file."
                : input.IsPicture && input.Input.IsReal ? "set data.preprocess.resize or layout, or convert the file." : "convert the file."));
    }

    /// <summary>Reads one sample as the input wants it.</summary>
    /// <param name="row">Which one.</param>
    /// <param name="target">As many values as the input has.</param>
    /// <exception cref="InvalidDataException">The sample cannot be read, or holds a value that the input does not take.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public void Read(int row, Span<float> target)
    {
        var stored = ArrayPool<float>.Shared.Rent(rows.RowLength);
        try
        {
            rows.ReadRow(row, stored);
            transform.Write(stored.AsSpan(0, rows.RowLength), picture, target);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(stored);
        }

        new ValueCheck(Input.Input, rounds).Check(target, rows.Name, row);
    }

    /// <inheritdoc/>
    public void Dispose() => rows.Dispose();

    // The model's own layout comes first; the other one only where the channels do not fit the first.
    private static StoredPicture? Fit(ImmutableArray<int> row, int length, ModelInput input)
    {
        var layout = input.Preprocess.Layout;
        var other = layout == ImageLayout.Nchw ? ImageLayout.Nhwc : ImageLayout.Nchw;
        var flat = input.Shape.Length <= 1 && length == input.Length;
        if (row.SequenceEqual(input.Shape) || flat)
        {
            return new StoredPicture(input.Channels, input.Height, input.Width, layout);
        }

        var picture = row switch
        {
            [var height, var width] when input is { IsPicture: true, Channels: 1 } => new StoredPicture(1, height, width, layout),
            [_, _, _] when input.IsPicture => Picture(row, layout) is var own && own.Channels == input.Channels
                ? own
                : Picture(row, other),
            _ => default,
        };
        var sized = input.Preprocess.Resize is not null || (picture.Height, picture.Width) == (input.Height, input.Width);
        return picture.Channels == input.Channels && sized ? picture : null;
    }

    private static StoredPicture Picture(ImmutableArray<int> row, ImageLayout layout) => layout == ImageLayout.Nchw
        ? new StoredPicture(row[0], row[1], row[2], layout)
        : new StoredPicture(row[2], row[0], row[1], layout);
}
