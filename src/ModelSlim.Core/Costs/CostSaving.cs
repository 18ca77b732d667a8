namespace ModelSlim.Core.Costs;

/// <summary>What a model costs less.</summary>
/// <param name="Macs">Multiply-accumulates.</param>
/// <param name="Params">Parameters.</param>
/// <param name="Bytes">Bytes of stored tensors.</param>
public readonly record struct CostSaving(long Macs, long Params, long Bytes);
