using System.Collections.Immutable;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Training.Data;

/// <summary>What the front of an array file says.</summary>
/// <param name="Type">Element type.</param>
/// <param name="BigEndian">Byte order of an element.</param>
/// <param name="Shape">Extent of each axis.</param>
/// <param name="Length">Bytes of the header; the elements follow.</param>
internal sealed record ArrayHeader(ElementType Type, bool BigEndian, ImmutableArray<int> Shape, int Length);
