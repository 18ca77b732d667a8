using ModelSlim.Core.Graphs;
using ModelSlim.Core.Masking;
using ModelSlim.Core.Recipes;
using ModelSlim.Training.Checkpoints;
using ModelSlim.Training.Modules;

namespace ModelSlim.Training.FineTuning;

/// <summary>Makes more and more weights zero in the first part of a training; those that are stay so (<see cref="WeightMasks"/>).</summary>
/// <param name="growth">How many, and when.</param>
/// <param name="masks">What keeps them zero.</param>
/// <param name="optimizer">What moves the weights: it forgets those that become zero; null where nothing does.</param>
/// <param name="average">The average of the weights, where one is kept: it has the same zeros.</param>
/// <param name="slopes">What weights are scored by, where the growth asks for that; null where it does not.</param>
/// <param name="fold">The graph that is written, from the one that is trained.</param>
/// <param name="seed">Seed of chance.</param>
internal sealed class GrowingMasks(MaskGrowth growth, WeightMasks masks, Optimizer? optimizer, WeightAverage? average, WeightSlopes? slopes, Func<Graph, Graph> fold, long seed) : TrainingHook
{
    private const int Choices = 32;

    /// <inheritdoc/>
    public override void BeforeStep(GraphModule student) => slopes?.Add(student);

    /// <inheritdoc/>
    public override void AfterStep(GraphModule student, TrainingMoment moment)
    {
        var last = growth.LastOf(moment.Total);
        if (moment.Done > last || (moment.Done < last && (long)moment.Done * Choices / last == (long)(moment.Done - 1) * Choices / last))
        {
            return;
        }

        // The step has moved zeros too.
        masks.AfterStep(student, moment);

        // Sizes compare as they will be written, with what was opened folded in again; how much the loss misses one is the same in both forms.
        var steep = slopes?.Steepness();
        var share = growth.ShareAt((double)moment.Done / last);
        var masked = new WeightMasker().Mask(
            StoredTensors.Out(steep is null ? fold(student.ToGraph()) : student.ToGraph()),
            growth.Weights,
            new SparsityTarget(share) { Outputs = growth.Outputs },
            new PruneSpec { Criterion = steep is null ? growth.Criterion : Criterion.Magnitude, Scope = growth.Scope },
            seed,
            steep);
        if (masked.Value is not { } made)
        {
            // The target was within reach when training began, and no share on the way is larger.
            throw new InvalidOperationException(masked.Diagnostics[0].Message);
        }

        masks.Renew(name => made.Graph.Initializers[name].ToSingles());
        masks.AfterStep(student, moment);
        if (optimizer is not null)
        {
            masks.Forget(student, optimizer);
        }

        if (average is not null)
        {
            average.Swap();
            masks.AfterStep(student, moment);
            average.Swap();
        }
    }

    /// <inheritdoc/>
    public override void Save(StateWriter writer)
    {
        writer.WriteTensors(masks.Tensors);
        slopes?.Save(writer);
    }

    /// <inheritdoc/>
    public override void Load(StateReader reader)
    {
        reader.ReadTensors(masks.Tensors);
        slopes?.Load(reader);
    }
}
