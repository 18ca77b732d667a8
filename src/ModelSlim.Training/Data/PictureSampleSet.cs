using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Training.Data;

/// <summary>Samples that are picture files, decoded each time they are read.</summary>
internal sealed class PictureSampleSet : SampleSet
{
    private readonly PictureFolder folder;
    private readonly ModelInput input;
    private readonly PictureDecoder decoder = new();
    private readonly SampleTransform transform;
    private readonly SourceSpan? location;

    private PictureSampleSet(PictureFolder folder, ModelInput input, SourceSpan? location)
    {
        this.location = location;
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

    /// <summary>Checks that the model takes pictures and that the header of every file can be read.</summary>
    /// <param name="folder">The files.</param>
    /// <param name="input">What the model wants.</param>
    /// <param name="location">Where the recipe has the data source.</param>
    public static Result<SampleSet> From(PictureFolder folder, ModelInput input, SourceSpan? location)
    {
        if (!input.IsPicture || input.Channels is not (1 or 3))
        {
            return DiagnosticCodes.SampleShapeDiffers.At(
                location,
                $"pictures have 1 or 3 channels, but the model's input is [{string.Join(", ", input.Shape)}] in the layout " +
                $"{input.Preprocess.Layout.ToString().ToUpperInvariant()}; check data.preprocess.layout.");
        }

        var set = new PictureSampleSet(folder, input, location);
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
        var values = new float[indices.Length * input.Length];
        var classes = folder.Labels is null ? [] : new int[indices.Length];
        for (var i = 0; i < indices.Length; i++)
        {
            var stored = Decode(folder.Files[indices[i]], out var picture);
            transform.Write(stored, picture, values.AsSpan(i * input.Length, input.Length));
            if (folder.Labels is not null)
            {
                classes[i] = folder.Labels[indices[i]];
            }
        }

        return new Batch(indices.Length, [values], classes);
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
