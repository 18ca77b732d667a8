using System.Collections.Immutable;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Evaluation.Calibration;

/// <summary>Calibration samples in memory, a few at a time.</summary>
/// <param name="Chunks">For each chunk one tensor a model input, in order, with as many samples as the model takes at once.</param>
/// <param name="FittedChunks">How many chunks are fitted, from the front; the others judge what came of it.</param>
/// <param name="Samples">Number of samples in all.</param>
/// <param name="AnyBatch">True where models have to be freed of their batch to take a chunk.</param>
internal sealed record CalibrationBatches(
    ImmutableArray<ImmutableArray<TensorData>> Chunks, int FittedChunks, int Samples, bool AnyBatch);
