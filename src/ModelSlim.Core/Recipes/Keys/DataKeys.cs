using System.Collections.Immutable;
using Key = ModelSlim.Core.Recipes.Keys.RecipeKey<ModelSlim.Core.Recipes.DataSpec>;
using SourceKey = ModelSlim.Core.Recipes.Keys.RecipeKey<ModelSlim.Core.Recipes.DataSource>;

namespace ModelSlim.Core.Recipes.Keys;

/// <summary>Keys of section <c>data</c>.</summary>
internal static class DataKeys
{
    /// <summary>The section.</summary>
    public static SectionKind<DataSpec> Section { get; } = new(
        new DataSpec(),
        Key.Of(
            "calibration",
            Source(),
            data => data.Calibration,
            (data, value) => data with { Calibration = value },
            "Samples for statistics; labels are not used. Left out: the training samples, or noise where there are none."),
        Key.Of(
            "train",
            Source(),
            data => data.Train,
            (data, value) => data with { Train = value },
            "Samples for fine-tuning."),
        Key.Of(
            "eval",
            Source(),
            data => data.Eval,
            (data, value) => data with { Eval = value },
            "Samples that the gates are judged on."),
        Key.Of(
            "preprocess",
            PreprocessKeys.Section,
            data => data.Preprocess,
            (data, value) => data with { Preprocess = value },
            "From stored sample to model input: value = (stored * scale - mean) / std."));

    private static SectionKind<DataSource> Source() => new(
        new DataSource(DataKind.Idx, [], null, null),
        SourceKey.Of(
            "idx",
            Files(),
            source => source.Kind == DataKind.Idx && !source.Paths.IsEmpty ? source.Paths : null,
            (source, value) => source with { Kind = DataKind.Idx, Paths = value!.Value },
            "IDX files as of MNIST, plain or gzip: samples, then labels."),
        SourceKey.Of(
            "images",
            new DataPathKind(PathKind.Folder),
            source => source.Kind == DataKind.Images ? source.Paths[0] : null,
            (source, value) => source with { Kind = DataKind.Images, Paths = [value] },
            "Folder of pictures, with one folder inside for each class, or none. Classes are numbered as the names sort, or by the names where all are whole numbers."),
        SourceKey.Of(
            "npy",
            Files(),
            source => source.Kind == DataKind.Npy ? source.Paths : null,
            (source, value) => source with { Kind = DataKind.Npy, Paths = value!.Value },
            "NumPy arrays: samples, then labels."),
        SourceKey.Of(
            "csv",
            new DataPathKind(PathKind.File),
            source => source.Kind == DataKind.Csv ? source.Paths[0] : null,
            (source, value) => source with { Kind = DataKind.Csv, Paths = [value] },
            "Table of numbers, plain or gzip, one row a sample. Columns fill the model's inputs in order, or by name where inputs of one element each are named in the header."),
        SourceKey.Of(
            "npz",
            new DataPathKind(PathKind.File),
            source => source.Kind == DataKind.Npz ? source.Paths[0] : null,
            (source, value) => source with { Kind = DataKind.Npz, Paths = [value] },
            "NumPy archive with an array for each input of the model, by its name."),
        SourceKey.Of(
            "tensors",
            new DataPathKind(PathKind.Folder),
            source => source.Kind == DataKind.Tensors ? source.Paths[0] : null,
            (source, value) => source with { Kind = DataKind.Tensors, Paths = [value] },
            "Folder of ONNX tensors, as `test_data_set_0/input_0.pb` in the ONNX model zoo; a file has the number or the name of its input."),
        SourceKey.Of(
            "labels",
            new LabelsKind(),
            source => source.Labels,
            (source, value) => source with { Labels = value },
            "Where the labels are: column of a `csv` by name or number (from 0; -1 is the last), array of an `npz`, file of `tensors`. Left out: none in a `csv`, otherwise `labels` where it exists."),
        SourceKey.Of(
            "header",
            new AutoOrKind<bool>(new BooleanKind()),
            source => source.Header,
            (source, value) => source with { Header = value },
            "Whether the first row of a `csv` names the columns; `auto`: where a cell of it is no number."),
        SourceKey.Of(
            "limit",
            new OptionalKind<int>(new IntegerKind<int>(1, int.MaxValue)),
            source => source.Limit,
            (source, value) => source with { Limit = value },
            "At most this many samples, from the front."))
    {
        ExactlyOneOf = ["idx", "images", "npy", "csv", "npz", "tensors"],
        Locate = (source, span) => source with { Location = span },
    };

    private static OptionalKind<ImmutableArray<string>> Files() =>
        new(new ListKind<string>(new DataPathKind(PathKind.File), 1, 2) { OrSingle = true });
}
