namespace ModelSlim.Evaluation.Verification;

/// <summary>How far a slim model is from the masked original.</summary>
/// <param name="Relative">Largest difference, relative to the largest output; null where the models could not be run.</param>
public sealed record MaskedError(double? Relative);
