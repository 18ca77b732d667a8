using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Core.Recipes;

/// <summary>Where samples come from.</summary>
/// <param name="Kind">File format.</param>
/// <param name="Paths">
/// Absolute paths: samples then labels for idx and npy (labels may be absent), one folder for images and tensors, one file else.
/// </param>
/// <param name="Limit">At most this many samples, from the front; null means all.</param>
/// <param name="Location">Where prune.yaml has it.</param>
public sealed record DataSource(DataKind Kind, ImmutableArray<string> Paths, int? Limit, SourceSpan? Location)
{
    /// <summary>
    /// Where the labels are in csv (column: its name, or its number from 0, negative from the end), npz (array) and tensors
    /// (file); null means none in csv, and <c>labels</c> in the others, if it is there.
    /// </summary>
    public string? Labels { get; init; }

    /// <summary>Whether the first row of a csv names the columns; null means that it does where a cell of it is no number.</summary>
    public bool? Header { get; init; }

    /// <summary>True where the path is a folder, all of which counts.</summary>
    public bool IsFolder => Kind is DataKind.Images or DataKind.Tensors;

    /// <summary>True where it is known without looking that there are no labels.</summary>
    public bool HasNoLabels => Kind switch
    {
        DataKind.Idx or DataKind.Npy => Paths.Length < 2,
        DataKind.Csv => Labels is null,
        _ => false,
    };
}
