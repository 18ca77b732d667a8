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
            "limit",
            new OptionalKind<int>(new IntegerKind<int>(1, int.MaxValue)),
            source => source.Limit,
            (source, value) => source with { Limit = value },
            "At most this many samples, from the front."))
    {
        ExactlyOneOf = ["idx", "images", "npy"],
        Planned = ["csv", "npz", "tensors"],
        Locate = (source, span) => source with { Location = span },
    };

    private static OptionalKind<ImmutableArray<string>> Files() =>
        new(new ListKind<string>(new DataPathKind(PathKind.File), 1, 2) { OrSingle = true });
}
