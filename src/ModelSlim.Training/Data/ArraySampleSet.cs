using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Training.Data;

/// <summary>Samples that are rows of arrays, one array for each input of the model. Rows are read when they are asked for.</summary>
internal sealed class ArraySampleSet : SampleSet
{
    private readonly ImmutableArray<FittedRows> inputs;
    private readonly int[]? labels;
    private readonly SourceSpan? location;

    private ArraySampleSet(ImmutableArray<FittedRows> inputs, int[]? labels, SourceSpan? location)
    {
        this.inputs = inputs;
        this.labels = labels;
        this.location = location;
        Shapes = [.. inputs.Select(rows => rows.Input.Shape)];
    }

    /// <inheritdoc/>
    public override int Count => inputs[0].Count;

    /// <inheritdoc/>
    public override ImmutableArray<ImmutableArray<int>> Shapes { get; }

    /// <inheritdoc/>
    public override bool HasLabels => labels is not null;

    /// <inheritdoc/>
    public override ImmutableArray<string>? Classes => ClassNames;

    /// <summary>Names of the classes, where labels are names; else null.</summary>
    public ImmutableArray<string>? ClassNames { get; init; }

    /// <summary>Fits arrays to the model's inputs. Takes the arrays over: they are disposed with the set, or on failure.</summary>
    /// <param name="rows">One array for each input; one row a sample.</param>
    /// <param name="labels">Class index per row, at least as many as rows; null where there are none.</param>
    /// <param name="inputs">What the model wants.</param>
    /// <param name="location">Where the recipe has the data source.</param>
    /// <param name="classes">Names of the classes, where labels are names.</param>
    public static Result<SampleSet> From(
        ImmutableArray<SampleRows> rows,
        int[]? labels,
        ModelInputs inputs,
        SourceSpan? location,
        ImmutableArray<string>? classes = null)
    {
        var fitted = rows.Zip(inputs.All, (array, input) => FittedRows.From(array, input, location)).ToArray();
        var failure = fitted.FirstOrDefault(one => !one.Succeeded)?.Diagnostics[0]
            ?? (fitted.FirstOrDefault(one => one.Value!.Count != fitted[0].Value!.Count) is { } other
                ? DiagnosticCodes.LabelCountDiffers.At(
                    location,
                    $"{fitted[0].Value!.Name} holds {fitted[0].Value!.Count} samples, but {other.Value!.Name} holds {other.Value.Count}.")
                : null);
        if (failure is null)
        {
            return new ArraySampleSet([.. fitted.Select(one => one.Value!)], labels, location) { ClassNames = classes };
        }

        foreach (var one in fitted)
        {
            one.Value?.Dispose();
        }

        return failure;
    }

    /// <inheritdoc/>
    public override bool IsWhole(int input) => inputs[input].Input.Input.IsWhole;

    /// <inheritdoc/>
    public override Batch Read(ReadOnlySpan<int> indices)
    {
        var values = new float[inputs.Length][];
        for (var input = 0; input < values.Length; input++)
        {
            var length = inputs[input].Input.Length;
            values[input] = new float[checked(indices.Length * length)];
            for (var i = 0; i < indices.Length; i++)
            {
                ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)indices[i], (uint)Count, nameof(indices));
                ReadRow(inputs[input], indices[i], values[input].AsSpan(i * length, length));
            }
        }

        return new Batch(indices.Length, [.. values], Labels(indices));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        foreach (var rows in inputs)
        {
            rows.Dispose();
        }
    }

    private int[] Labels(ReadOnlySpan<int> indices)
    {
        var classes = labels is null ? [] : new int[indices.Length];
        for (var i = 0; i < classes.Length; i++)
        {
            classes[i] = labels![indices[i]];
        }

        return classes;
    }

    private void ReadRow(FittedRows rows, int row, Span<float> target)
    {
        try
        {
            rows.Read(row, target);
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException)
        {
            throw new UnreadableSampleException(DiagnosticCodes.SampleUnreadable.At(location, failure.Message));
        }
    }
}
