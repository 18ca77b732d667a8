using System.Collections.Immutable;

namespace ModelSlim.Core.Data;

/// <summary>Some samples.</summary>
/// <param name="Size">How many, B.</param>
/// <param name="Inputs">For each model input, B samples one after the other: [B, sample shape] in row-major order.</param>
/// <param name="Labels">Class index per sample; empty where the set has no labels.</param>
public sealed record Batch(int Size, ImmutableArray<float[]> Inputs, int[] Labels);
