using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Training.Data;

/// <summary>Opens the samples that a recipe names and fits them to the model's input.</summary>
public sealed class SampleSetReader
{
    private readonly ArrayReader arrays = new();
    private readonly LabelReader labels = new();

    /// <summary>
    /// Opens a data source. Arrays of IDX and npy files fit in the model's own layout or the other one, [H, W] fits one
    /// channel, and a flat input takes the elements as they are stored; another height or width is an error unless
    /// <c>resize</c> is set. Pictures are always resized. Of three channels red is stored first.
    /// </summary>
    /// <param name="source">What to open.</param>
    /// <param name="preprocess">From stored value to model input.</param>
    /// <param name="sampleShape">Shape of the model's input without the batch axis: [C, H, W], [H, W, C] by layout, [H, W], or
    /// any shape that equals the one of a stored row.</param>
    /// <param name="classes">
    /// Names that number the classes of class folders, as <see cref="SampleSet.Classes"/> of the training samples gives them;
    /// null where the folder's own names do.
    /// </param>
    /// <returns>The samples, to be disposed; or what is wrong, at the place of the source in the recipe.</returns>
    public Result<SampleSet> Open(
        DataSource source, PreprocessSpec preprocess, ImmutableArray<int> sampleShape, ImmutableArray<string>? classes = null) =>
        ModelInput.From(sampleShape, preprocess, source.Location).Then(input => source.Kind == DataKind.Images
            ? PictureFolder.List(source.Paths[0], source.Limit, classes, source.Location)
                .Then(folder => PictureSampleSet.From(folder, input, source.Location))
            : OpenArrays(source, input));

    private Result<SampleSet> OpenArrays(DataSource source, ModelInput input)
    {
        var samples = arrays.Open(source.Paths[0], source.Kind, source.Limit, source.Location);
        if (!samples.Succeeded || source.Paths.Length == 1)
        {
            return samples.Then(array => ArraySampleSet.From(array, null, input, source.Location));
        }

        // All labels, whatever the limit: a wrong number of them is a wrong file.
        var classes = arrays.Open(source.Paths[1], source.Kind, null, source.Location)
            .Then(array => labels.Read(array, source.Location));
        if (!classes.Succeeded)
        {
            samples.Value.Dispose();
            return Result<SampleSet>.Failed(classes.Diagnostics);
        }

        if (classes.Value.Length != samples.Value.DeclaredRows)
        {
            samples.Value.Dispose();
            return DiagnosticCodes.LabelCountDiffers.At(
                source.Location,
                $"{source.Paths[0]} holds {samples.Value.DeclaredRows} samples, but {source.Paths[1]} holds " +
                $"{classes.Value.Length} labels.");
        }

        return ArraySampleSet.From(samples.Value, classes.Value, input, source.Location);
    }
}
