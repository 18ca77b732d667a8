using System.Collections.Immutable;

namespace ModelSlim.Core.Operators;

/// <summary>Integers that depend on shapes alone, such as the target of a Reshape.</summary>
/// <param name="Values">The integers at the traced input sizes.</param>
/// <param name="Fixed">For each: true where it is the same in every run, at all sizes of open inputs.</param>
public sealed record StatedIntegers(ImmutableArray<long> Values, ImmutableArray<bool> Fixed);
