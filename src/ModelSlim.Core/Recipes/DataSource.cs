using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Core.Recipes;

/// <summary>Where samples come from.</summary>
/// <param name="Kind">File format.</param>
/// <param name="Paths">Absolute paths: images then labels for idx and npy (labels may be absent), one folder for images.</param>
/// <param name="Limit">At most this many samples, from the front; null means all.</param>
/// <param name="Location">Where prune.yaml has it.</param>
public sealed record DataSource(DataKind Kind, ImmutableArray<string> Paths, int? Limit, SourceSpan? Location);
