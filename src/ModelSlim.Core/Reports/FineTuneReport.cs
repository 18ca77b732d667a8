namespace ModelSlim.Core.Reports;

/// <summary>How fine-tuning went.</summary>
/// <param name="Epochs">Epochs that were trained.</param>
/// <param name="Steps">Steps that were taken: as <c>finetune.steps</c> the number gives the same model again.</param>
/// <param name="Kept">The epoch whose weights the model has, from 1.</param>
/// <param name="Averaged">True where it has the moving average of the weights.</param>
/// <param name="HeldOut">Training samples that were held out to choose it; 0 where nothing was chosen.</param>
/// <param name="Validation">
/// Fraction of those whose class is the label's, or the original's where there are no labels; minus the loss where the model is
/// no classifier; null where none were held out.
/// </param>
public sealed record FineTuneReport(int Epochs, int Steps, int Kept, bool Averaged, int HeldOut, double? Validation);
