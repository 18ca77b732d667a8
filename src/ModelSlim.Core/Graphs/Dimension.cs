namespace ModelSlim.Core.Graphs;

/// <summary>A declared axis: a fixed extent, a symbol such as <c>batch</c>, or unknown (both empty).</summary>
/// <param name="Extent">Fixed extent, or null.</param>
/// <param name="Symbol">Name of the symbol, or null.</param>
public readonly record struct Dimension(int? Extent, string? Symbol);
