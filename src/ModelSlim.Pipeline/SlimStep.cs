using System.Collections.Immutable;
using ModelSlim.Core.Masking;
using ModelSlim.Core.Reports;

namespace ModelSlim.Pipeline;

/// <summary>One cut on the way to the target, with what comes before and after it.</summary>
/// <param name="Cut">The cut.</param>
/// <param name="Forms">What each stage made, in order; the last is the result.</param>
/// <param name="Masked">The model right after weights became zero; null where the method removes channels.</param>
/// <param name="Tuning">How fine-tuning went; null where there was none.</param>
/// <param name="Exited">The model with an early exit; null where the method makes none.</param>
public sealed record SlimStep(ProvenCut Cut, ImmutableArray<ModelForm> Forms, MaskedGraph? Masked, FineTuneReport? Tuning, ExitedModel? Exited = null)
{
    /// <summary>Both in one: the way that another method took before, and this one.</summary>
    /// <param name="before">What it was made from; null where it is the first.</param>
    internal SlimStep After(SlimStep? before) => before is null ? this : new SlimStep(
        Cut with { Cut = Cut.Cut with { MaskedError = Larger(before.Cut.Cut.MaskedError, Cut.Cut.MaskedError) } },
        [.. before.Forms, .. Forms],
        Masked ?? before.Masked,
        Tuning ?? before.Tuning,
        Exited);

    private static double? Larger(double? one, double? other) => one is { } first && other is { } second ? Math.Max(first, second) : one ?? other;
}
