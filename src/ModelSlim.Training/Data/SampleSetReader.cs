using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Training.Data;

/// <summary>Opens the samples that a recipe names and fits them to the model's inputs.</summary>
/// <param name="threads">How many pictures are decoded at once; does not change what is read. Null means one for each processor.</param>
public sealed class SampleSetReader(int? threads = null)
{
    private readonly ArrayReader arrays = new();
    private readonly LabelReader labels = new();
    private readonly NpzReader archives = new();
    private readonly TableReader tables = new();
    private readonly TensorFolderReader folders = new();

    /// <summary>
    /// Opens a data source. Arrays fit in the model's own layout or the other one, [H, W] fits one channel, and a flat input takes
    /// the elements as they are stored; another height or width is an error unless <c>resize</c> is set. Pictures are always
    /// resized. Of three channels red is stored first. No more than a bounded part of the samples is held in memory.
    /// </summary>
    /// <param name="source">What to open.</param>
    /// <param name="preprocess">From stored value to model input.</param>
    /// <param name="inputs">The model's inputs, at least one; several only for csv, npz and tensors.</param>
    /// <param name="classes">
    /// Names that number the classes, as <see cref="SampleSet.Classes"/> of the training samples gives them; null where the
    /// names of this source do.
    /// </param>
    /// <returns>The samples, to be disposed; or what is wrong, at the place of the source in the recipe.</returns>
    public Result<SampleSet> Open(
        DataSource source, PreprocessSpec preprocess, ImmutableArray<SampleInput> inputs, ImmutableArray<string>? classes = null)
    {
        if (inputs.Length > 1 && source.Kind is DataKind.Images or DataKind.Idx or DataKind.Npy)
        {
            return DiagnosticCodes.DataNeedsOneInput.At(
                source.Location,
                $"the model has {inputs.Length} inputs ({string.Join(", ", inputs.Select(input => $"'{input.Name}'"))}), but {source.Kind.ToString().ToLowerInvariant()} fills one; use npz, tensors or csv.");
        }

        return ModelInputs.From(inputs, preprocess, source.Location).Then(wanted => source.Kind switch
        {
            DataKind.Images => PictureFolder.List(source.Paths[0], source.Limit, classes, source.Location)
                .Then(folder => PictureSampleSet.From(folder, wanted.All[0], threads ?? Environment.ProcessorCount, source.Location)),
            DataKind.Csv => tables.Open(source, wanted, classes),
            DataKind.Npz => archives.Open(source, wanted),
            DataKind.Tensors => folders.Open(source, wanted),
            _ => OpenArrays(source, wanted),
        });
    }

    private Result<SampleSet> OpenArrays(DataSource source, ModelInputs inputs)
    {
        var samples = arrays.Open(source.Paths[0], source.Kind, source.Limit, source.Location);
        if (!samples.Succeeded || source.Paths.Length == 1)
        {
            return samples.Then(array => ArraySampleSet.From([array], null, inputs, source.Location));
        }

        // All labels, whatever the limit: a wrong number of them is a wrong file.
        var classes = arrays.Open(source.Paths[1], source.Kind, null, source.Location)
            .Then(array => labels.Read(array, samples.Value, source.Location));
        if (!classes.Succeeded)
        {
            samples.Value.Dispose();
            return Result<SampleSet>.Failed(classes.Diagnostics);
        }

        return ArraySampleSet.From([samples.Value], classes.Value, inputs, source.Location);
    }
}
