using System.Collections.Immutable;
using ModelSlim.Core.Masking;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Training.FineTuning;

/// <summary>How more and more weights become zero while a model is trained.</summary>
/// <param name="Weights">The weights that may.</param>
/// <param name="From">Share that is zero when training begins.</param>
/// <param name="To">Share that is zero in the end.</param>
/// <param name="Outputs">How many outputs lose an input together; 1 where each weight goes alone.</param>
/// <param name="Part">Part of the training in which the share grows.</param>
/// <param name="Criterion">How weights are scored: by chance, magnitude, LAMP, or how much the loss misses one (fisher), which is LAMP where some of them are not trained, or have no slopes.</param>
/// <param name="Scope">Which compete.</param>
public sealed record MaskGrowth(
    ImmutableArray<MaskableWeight> Weights, double From, double To, int Outputs, double Part, Criterion Criterion, Scope Scope)
{
    /// <summary>The last step at which more become zero.</summary>
    /// <param name="steps">Steps of the training.</param>
    public int LastOf(int steps) => Math.Clamp((int)Math.Round(Part * steps), 1, steps);

    /// <summary>The share that is zero after a part of the growth: many go at first and few at last (Zhu, Gupta 2017, equation 1).</summary>
    /// <param name="progress">The part, from 0 to 1.</param>
    public double ShareAt(double progress) => To + ((From - To) * Math.Pow(1 - progress, 3));
}
