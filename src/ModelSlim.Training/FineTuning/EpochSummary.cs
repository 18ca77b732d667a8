namespace ModelSlim.Training.FineTuning;

/// <summary>How an epoch went.</summary>
/// <param name="Epoch">Which one, from 1.</param>
/// <param name="Loss">Mean loss over its samples.</param>
/// <param name="Accuracy">
/// Fraction of its samples, as they were trained on, whose largest output is the label's, or the teacher's where there are no
/// labels; null where the model is no classifier.
/// </param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Validation">Score on held-out samples (<see cref="KeptEpoch"/>); null where none are held out.</param>
public sealed record EpochSummary(int Epoch, double Loss, double? Accuracy, double Seconds, double? Validation = null);
