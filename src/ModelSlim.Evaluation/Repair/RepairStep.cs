namespace ModelSlim.Evaluation.Repair;

/// <summary>What was done to one layer.</summary>
/// <param name="Node">Label of the node.</param>
/// <param name="ErrorBefore">Squared error where the layer should equal the original, before, on samples held back from the fit.</param>
/// <param name="ErrorAfter">The same after; never more than before.</param>
public sealed record RepairStep(string Node, double ErrorBefore, double ErrorAfter);
