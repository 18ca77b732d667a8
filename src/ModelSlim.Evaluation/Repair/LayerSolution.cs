namespace ModelSlim.Evaluation.Repair;

/// <summary>Weights for a <see cref="LayerProblem"/>, at least as good as those it had.</summary>
/// <param name="Weights">W [K, M], row-major.</param>
/// <param name="Intercept">c [M].</param>
/// <param name="ErrorBefore">Squared error of the weights as they were, on the rows held back.</param>
/// <param name="ErrorAfter">Squared error of these, on the same rows.</param>
internal sealed record LayerSolution(double[] Weights, double[] Intercept, double ErrorBefore, double ErrorAfter);
