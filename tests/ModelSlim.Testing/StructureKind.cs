using System.Collections.Immutable;

namespace ModelSlim.Testing;

/// <summary>A structure that a small net shows.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Channels">Channels that can be removed, over all groups, where the input has no fixed size.</param>
/// <param name="Input">Shape of the input <c>x</c>.</param>
/// <param name="OtherInput">Another shape the net runs at; the same where it runs at no other.</param>
/// <param name="Add">Adds it to a net that has that input.</param>
public sealed record StructureKind(string Name, int Channels, ImmutableArray<int> Input, ImmutableArray<int> OtherInput, Action<StructureNets> Add);
