using ModelSlim.Core.Data;
using ModelSlim.Core.Onnx;

namespace ModelSlim.Training.Sparsity;

/// <summary>What to train sparsely, and how.</summary>
/// <param name="Student">The model.</param>
/// <param name="Teacher">The original, which it is distilled from.</param>
/// <param name="Task">How.</param>
/// <param name="Train">Training samples; the caller disposes of them.</param>
public sealed record SparseJob(OnnxModel Student, OnnxModel Teacher, SparseTask Task, SampleSet Train);
