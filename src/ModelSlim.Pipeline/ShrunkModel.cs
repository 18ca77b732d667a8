using ModelSlim.Core.Masking;

namespace ModelSlim.Pipeline;

/// <summary>A model that was made smaller, before repair and training.</summary>
/// <param name="Cut">What was cut; nothing where single weights became zero.</param>
/// <param name="Masked">The weights that became zero; null where channels went.</param>
public sealed record ShrunkModel(ProvenCut Cut, MaskedGraph? Masked = null);
