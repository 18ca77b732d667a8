using System.Collections.Immutable;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Training.Sparsity;

/// <summary>How training decides which channels go.</summary>
/// <param name="Method">Whether channels fade or are zero for a while.</param>
/// <param name="Sparsity">Section <c>sparsity</c> of the recipe.</param>
/// <param name="Tuning">Section <c>finetune</c>: batch, optimizer, schedule, distillation and seed are those of sparse training too.</param>
/// <param name="Groups">The channels, and how many of each group are to go.</param>
/// <param name="Together">
/// True where the channels of all groups compete, so that how many of each group go is not known beforehand.
/// </param>
/// <param name="LargestDrop">
/// Fraction of right answers that may be lost while channels fade, which a weight that is found automatically heeds.
/// </param>
public sealed record SparseTask(
    Method Method, SparsitySpec Sparsity, FineTuneSpec Tuning, ImmutableArray<FadingGroup> Groups, bool Together, double LargestDrop)
{
    /// <summary>The training itself, as fine-tuning would say it: its end counts, so that nothing is chosen among epochs.</summary>
    internal FineTuneSpec Training => Tuning with { Epochs = Sparsity.Epochs, Steps = null, Budget = null, Validation = 0, Patience = null, Ema = null };
}
