namespace ModelSlim.Core.Costs;

/// <summary>What a model costs.</summary>
/// <param name="Macs">
/// Multiply-accumulates of one forward pass at batch 1; bias, normalization and activations are not counted.
/// </param>
/// <param name="Params">Stored floating-point numbers of rank 1 and more, statistics of normalizations apart.</param>
/// <param name="Bytes">Size of the file.</param>
public sealed record ModelCost(long Macs, long Params, long Bytes);
