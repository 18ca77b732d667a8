using System.Collections.Immutable;

namespace ModelSlim.Core.Masking;

/// <summary>A stored tensor whose numbers a value has, in some order.</summary>
/// <param name="Name">Name of the initializer.</param>
/// <param name="Axes">For each axis of the value the axis of the tensor that it is, index by index; null where it is none.</param>
internal sealed record StoredOrigin(string Name, ImmutableArray<int?> Axes);
