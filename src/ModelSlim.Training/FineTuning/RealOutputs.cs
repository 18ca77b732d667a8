using System.Collections.Immutable;
using static TorchSharp.torch;

namespace ModelSlim.Training.FineTuning;

/// <summary>The outputs of a model that can be trained: those of real numbers, each with a batch axis and at least one more.</summary>
internal static class RealOutputs
{
    /// <summary>Picks them, in order. Class indices, counts and flags are left out.</summary>
    /// <param name="outputs">All outputs, [B, ...].</param>
    public static IReadOnlyList<Tensor> Of(ImmutableArray<Tensor> outputs) =>
        [.. outputs.Where(output => output.is_floating_point()).Select(output => output.dim() > 1 ? output : output.unsqueeze(1))];
}
