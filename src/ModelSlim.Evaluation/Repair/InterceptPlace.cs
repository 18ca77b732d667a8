namespace ModelSlim.Evaluation.Repair;

/// <summary>Where the intercept of a fit goes.</summary>
/// <param name="Constant">Name of a constant that only this layer uses.</param>
/// <param name="Places">Per channel, the place of its value there.</param>
/// <param name="Factors">Per channel, what the intercept is multiplied by before it is added there: -1 for a mean.</param>
internal sealed record InterceptPlace(string Constant, int[] Places, double[] Factors);
