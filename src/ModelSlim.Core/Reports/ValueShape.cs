using System.Collections.Immutable;

namespace ModelSlim.Core.Reports;

/// <summary>A value and its shape.</summary>
/// <param name="Name">Name of the value.</param>
/// <param name="Shape">Traced extents.</param>
public sealed record ValueShape(string Name, ImmutableArray<int> Shape);
