namespace ModelSlim.Training.FineTuning;

/// <summary>The epoch whose weights stay.</summary>
/// <param name="Epoch">Which one, from 1.</param>
/// <param name="Averaged">True where it is the moving average of the weights that stays.</param>
/// <param name="HeldOut">Number of held-out samples it was chosen on; 0 where none were, and it is the last.</param>
/// <param name="Score">
/// Fraction of them whose class is the label's, or the teacher's where there are no labels; minus the loss where the model is
/// no classifier; null where none were held out.
/// </param>
public sealed record KeptEpoch(int Epoch, bool Averaged, int HeldOut, double? Score);
