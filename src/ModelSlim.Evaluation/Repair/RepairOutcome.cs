using System.Collections.Immutable;
using ModelSlim.Core.Onnx;

namespace ModelSlim.Evaluation.Repair;

/// <summary>What a repair came to.</summary>
/// <param name="Model">The repaired model: the same nodes and shapes, other weights. The slim model as it was where nothing helped.</param>
/// <param name="Steps">What was done to each layer, in graph order.</param>
/// <param name="Samples">Number of calibration samples.</param>
/// <param name="ErrorBefore">Squared error of the outputs relative to the original's, before, on samples held back from the fits.</param>
/// <param name="ErrorAfter">The same after; never more than before.</param>
public sealed record RepairOutcome(
    OnnxModel Model, ImmutableArray<RepairStep> Steps, int Samples, double ErrorBefore, double ErrorAfter);
