using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Training.Data;

/// <summary>Samples that are the rows of an array.</summary>
internal sealed class ArraySampleSet : SampleSet
{
    private readonly StoredArray samples;
    private readonly StoredPicture picture;
    private readonly int[]? labels;
    private readonly ModelInput input;
    private readonly SampleTransform transform;
    private readonly SourceSpan? location;

    private ArraySampleSet(StoredArray samples, StoredPicture picture, int[]? labels, ModelInput input, SourceSpan? location)
    {
        this.location = location;
        this.samples = samples;
        this.picture = picture;
        this.labels = labels;
        this.input = input;
        transform = new SampleTransform(input);
    }

    /// <inheritdoc/>
    public override int Count => samples.Rows;

    /// <inheritdoc/>
    public override ImmutableArray<ImmutableArray<int>> Shapes => [input.Shape];

    /// <inheritdoc/>
    public override bool HasLabels => labels is not null;

    /// <summary>Fits the array to the model's input. Takes the array over: it is disposed with the set, or on failure.</summary>
    /// <param name="samples">One row a sample.</param>
    /// <param name="labels">Class index per row; null where there are none.</param>
    /// <param name="input">What the model wants.</param>
    /// <param name="location">Where the recipe has the data source.</param>
    public static Result<SampleSet> From(StoredArray samples, int[]? labels, ModelInput input, SourceSpan? location)
    {
        if (Fit(samples.RowShape, samples.RowLength, input) is { } picture)
        {
            return new ArraySampleSet(samples, picture, labels, input, location);
        }

        samples.Dispose();
        return DiagnosticCodes.SampleShapeDiffers.At(
            location,
            $"{samples.Path} has samples of shape [{string.Join(", ", samples.RowShape)}], but the model's input is " +
            $"[{string.Join(", ", input.Shape)}]; " +
            (input.IsPicture ? "set data.preprocess.resize or layout, or convert the file." : "convert the file."));
    }

    /// <inheritdoc/>
    public override Batch Read(ReadOnlySpan<int> indices)
    {
        var values = new float[indices.Length * input.Length];
        var classes = labels is null ? [] : new int[indices.Length];
        var stored = new float[samples.RowLength];
        for (var i = 0; i < indices.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)indices[i], (uint)Count, nameof(indices));
            ReadRow(indices[i], stored);
            transform.Write(stored, picture, values.AsSpan(i * input.Length, input.Length));
            if (labels is not null)
            {
                classes[i] = labels[indices[i]];
            }
        }

        return new Batch(indices.Length, [values], classes);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => samples.Dispose();

    private void ReadRow(int row, Span<float> target)
    {
        try
        {
            samples.ReadRow(row, target);
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException)
        {
            throw new UnreadableSampleException(DiagnosticCodes.SampleUnreadable.At(location, failure.Message));
        }
    }

    // The model's own layout comes first; the other one only where the channels do not fit the first.
    private static StoredPicture? Fit(ImmutableArray<int> row, int length, ModelInput input)
    {
        var layout = input.Preprocess.Layout;
        var other = layout == ImageLayout.Nchw ? ImageLayout.Nhwc : ImageLayout.Nchw;
        if (row.SequenceEqual(input.Shape) || (input.Shape.Length == 1 && length == input.Length))
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
