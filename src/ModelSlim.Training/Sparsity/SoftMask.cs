using System.Collections.Immutable;
using ModelSlim.Training.Checkpoints;
using ModelSlim.Training.FineTuning;
using ModelSlim.Training.Modules;

namespace ModelSlim.Training.Sparsity;

/// <summary>
/// Makes the weakest channels of each group zero, with what is added behind them, and lets training go on with them, so that
/// they may come back until they are chosen anew (He et al. 2018, "Soft Filter Pruning"). How many are zero grows towards what
/// is to go (He et al. 2019, "Asymptotic Soft Filter Pruning"). In the second half of training the choice stays, and what is
/// zero is so after every step.
/// </summary>
/// <param name="groups">The groups.</param>
internal sealed class SoftMask(ImmutableArray<GroupSlices> groups) : TrainingHook
{
    private const int Choices = 20;
    private const double Growth = 4;

    private readonly double[]?[] masks = new double[]?[groups.Length];

    /// <inheritdoc/>
    public override void Save(StateWriter writer) => writer.Write(masks);

    /// <inheritdoc/>
    public override void Load(StateReader reader) => reader.Read<double[]?[]>().CopyTo(masks, 0);

    /// <inheritdoc/>
    public override void AfterStep(GraphModule student, TrainingMoment moment)
    {
        var soft = SparsePhases.Of(moment.Total).Choosing;
        if (moment.Done <= soft)
        {
            if ((long)moment.Done * Choices / soft > (long)(moment.Done - 1) * Choices / soft)
            {
                Choose(student, (double)moment.Done / soft);
                Zero(student);
            }
        }
        else
        {
            Zero(student);
        }
    }

    private void Choose(GraphModule student, double progress)
    {
        var share = (1 - Math.Exp(-Growth * progress)) / (1 - Math.Exp(-Growth));
        for (var i = 0; i < groups.Length; i++)
        {
            var lengths = groups[i].Scales.Lengths(student);
            var mask = new double[lengths.Length];
            Array.Fill(mask, 1);
            foreach (var channel in Enumerable.Range(0, lengths.Length).OrderBy(channel => lengths[channel]).ThenBy(channel => channel)
                .Take((int)Math.Round(share * groups[i].Going)))
            {
                mask[channel] = 0;
            }

            masks[i] = mask;
        }
    }

    private void Zero(GraphModule student)
    {
        for (var i = 0; i < groups.Length; i++)
        {
            groups[i].Outputs.Multiply(student, masks[i]!);
        }
    }
}
