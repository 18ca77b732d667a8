namespace ModelSlim.Core.Dependencies;

/// <summary>Why a cell must not change. Where several hold, the first in the order of <see cref="FreezeKind"/> is told.</summary>
/// <param name="Kind">What kind of reason.</param>
/// <param name="Node">Node, input or output that holds the cell.</param>
/// <param name="Text">The reason, as a clause.</param>
internal sealed record FreezeReason(FreezeKind Kind, string Node, string Text);
