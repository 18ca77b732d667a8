using System.Collections.Immutable;
using ModelSlim.Core.Data;
using static TorchSharp.torch;

namespace ModelSlim.Training.FineTuning;

/// <summary>Batches as tensors.</summary>
internal static class BatchTensors
{
    /// <summary>A tensor [B, ...] for each input, in the current dispose scope.</summary>
    /// <param name="batch">The samples.</param>
    /// <param name="shapes">Shape of one sample for each input.</param>
    public static ImmutableArray<Tensor> Of(Batch batch, ImmutableArray<ImmutableArray<int>> shapes) =>
    [
        .. batch.Inputs.Select((values, i) =>
            tensor(values, [batch.Size, .. shapes[i].Select(extent => (long)extent)])),
    ];

    /// <summary>The labels, [B]; null where there are none.</summary>
    public static Tensor? Labels(Batch batch) =>
        batch.Labels.Length == 0 ? null : tensor(Array.ConvertAll(batch.Labels, label => (long)label));
}
