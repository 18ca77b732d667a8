namespace ModelSlim.Evaluation.Repair;

/// <summary>New values for a layer.</summary>
/// <param name="Weights">The weight, in the stored order.</param>
/// <param name="Intercept">What is to be added to each output channel.</param>
/// <param name="ErrorBefore">Squared error at the goal before, on the samples held back.</param>
/// <param name="ErrorAfter">The same after.</param>
internal sealed record SiteChange(float[] Weights, double[] Intercept, double ErrorBefore, double ErrorAfter);
