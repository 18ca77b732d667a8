using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Training.Data;

/// <summary>
/// Samples that are picture files, decoded when they are read, several at a time; the first ones that are ready stay in memory,
/// up to a number of bytes.
/// </summary>
internal sealed class PictureSampleSet : SampleSet
{
    private const int ColorChannels = 3;
    private const long MostKeptBytes = 256L * 1024 * 1024;

    private readonly KeptSamples kept = new(MostKeptBytes);
    private readonly PictureFolder folder;
    private readonly ModelInput input;
    private readonly PictureDecoder decoder = new();
    private readonly SampleTransform transform;
    private readonly int threads;
    private readonly SourceSpan? location;

    private PictureSampleSet(PictureFolder folder, ModelInput input, int threads, SourceSpan? location)
    {
        this.location = location;
        this.threads = threads;
        this.folder = folder;
        this.input = input;
        transform = new SampleTransform(input);
    }

    /// <inheritdoc/>
    public override int Count => folder.Files.Length;

    /// <inheritdoc/>
    public override ImmutableArray<ImmutableArray<int>> Shapes => [input.Shape];

    /// <inheritdoc/>
    public override bool HasLabels => folder.Labels is not null;

    /// <inheritdoc/>
    public override ImmutableArray<string>? Classes => folder.Classes;

    /// <inheritdoc/>
    public override bool IsWhole(int input) => this.input.Input.IsWhole;

    /// <summary>Checks that the model takes pictures and that the header of every file can be read.</summary>
    /// <param name="folder">The files.</param>
    /// <param name="input">What the model wants.</param>
    /// <param name="threads">How many pictures are decoded at once; does not change what is read.</param>
    /// <param name="location">Where the recipe has the data source.</param>
    public static Result<SampleSet> From(PictureFolder folder, ModelInput input, int threads, SourceSpan? location)
    {
        if (!input.IsPicture || input.Channels is not (1 or 3))
        {
            return DiagnosticCodes.SampleShapeDiffers.At(
                location,
                $"pictures have 1 or 3 channels, but the model's input '{input.Input.Name}' is [{string.Join(", ", input.Shape)}] in the layout " +
                $"{input.Preprocess.Layout.ToString().ToUpperInvariant()}; check data.preprocess.layout.");
        }

        if (input is { Channels: 1, Input.Batch: ColorChannels } && input.Shape.Length == 2 && input.Preprocess.Color != ColorOrder.Gray)
        {
            var shape = string.Join(", ", input.Shape);
            return DiagnosticCodes.SampleShapeDiffers.At(
                location,
                $"the model's input '{input.Input.Name}' is [{ColorChannels}, {shape}], and nothing in the model tells whether that is one picture in colour or {ColorChannels} in grey; "
                + $"export it with [N, {ColorChannels}, {shape}] for the one, or set data.preprocess.color: gray for the other.");
        }

        var set = new PictureSampleSet(folder, input, threads, location);
        foreach (var file in folder.Files)
        {
            try
            {
                set.decoder.ReadSize(file);
            }
            catch (InvalidDataException invalid)
            {
                return DiagnosticCodes.PictureUnreadable.At(location, invalid.Message);
            }
        }

        return set;
    }

    /// <inheritdoc/>
    public override Batch Read(ReadOnlySpan<int> indices)
    {
        var (samples, length) = (indices.ToArray(), input.Length);
        var values = new float[checked(samples.Length * length)];
        var failures = new UnreadableSampleException?[samples.Length];
        Parallel.For(0, samples.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, i =>
        {
            try
            {
                Read(samples[i], values.AsSpan(i * length, length));
            }
            catch (UnreadableSampleException failure)
            {
                failures[i] = failure;
            }
        });

        // The first in the order asked for, whichever thread came upon its own first.
        return Array.Find(failures, failure => failure is not null) is { } first
            ? throw first
            : new Batch(samples.Length, [values], folder.Labels is { } labels ? Array.ConvertAll(samples, sample => labels[sample]) : []);
    }

    private void Read(int sample, Span<float> target)
    {
        if (kept.TryRead(sample, target))
        {
            return;
        }

        var stored = Decode(folder.Files[sample], out var picture);
        transform.Write(stored, picture, target);
        Check(target, sample);
        kept.Offer(sample, target);
    }

    private void Check(Span<float> values, int sample)
    {
        try
        {
            new ValueCheck(input.Input, rounds: true).Check(values, folder.Files[sample], sample);
        }
        catch (InvalidDataException failure)
        {
            throw new UnreadableSampleException(DiagnosticCodes.SampleUnreadable.At(location, failure.Message));
        }
    }

    private float[] Decode(string file, out StoredPicture picture)
    {
        try
        {
            return decoder.Decode(file, input.Channels == 1, out picture);
        }
        catch (InvalidDataException failure)
        {
            throw new UnreadableSampleException(DiagnosticCodes.SampleUnreadable.At(location, failure.Message));
        }
    }
}
