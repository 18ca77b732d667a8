namespace ModelSlim.Evaluation.Repair;

/// <summary>Where the intercept of a fit goes.</summary>
/// <param name="Constant">Name of a constant that only this layer uses, one value a channel.</param>
/// <param name="Factor">What the intercept is multiplied by before it is added there: -1 for the mean of a BatchNormalization.</param>
internal sealed record InterceptPlace(string Constant, double Factor);
