namespace ModelSlim.Training.FineTuning;

/// <summary>How a step went.</summary>
/// <param name="Samples">Number of samples.</param>
/// <param name="Loss">Their mean loss.</param>
/// <param name="Hits">How many the student got right; null where it is no classifier.</param>
internal sealed record StepOutcome(int Samples, double Loss, int? Hits);
