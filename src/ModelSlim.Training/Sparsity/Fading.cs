using System.Collections.Immutable;
using ModelSlim.Training.Checkpoints;
using ModelSlim.Training.FineTuning;
using ModelSlim.Training.Modules;

namespace ModelSlim.Training.Sparsity;

/// <summary>
/// Takes the weakest channels of each group to zero in equal steps once they are chosen, with what is added behind them, while
/// the others go on learning (Chen et al. 2023, "OTOv2", half-space steps towards zero in a fixed number of steps). Cutting them
/// then changes nothing.
/// </summary>
/// <param name="groups">The groups.</param>
internal sealed class Fading(ImmutableArray<GroupSlices> groups) : TrainingHook
{
    private ImmutableArray<bool[]> going = [];

    /// <inheritdoc/>
    public override void Save(StateWriter writer) => writer.Write(going);

    /// <inheritdoc/>
    public override void Load(StateReader reader) => going = reader.Read<ImmutableArray<bool[]>>();

    /// <inheritdoc/>
    public override void AfterStep(GraphModule student, TrainingMoment moment)
    {
        var phases = SparsePhases.Of(moment.Total);
        if (moment.Done < phases.Choosing)
        {
            return;
        }

        if (going.IsEmpty)
        {
            going = [.. groups.Select(group => Weakest(group.Scales.Lengths(student), group.Going))];
        }

        var left = Math.Max(0, phases.Fading - moment.Done);
        var factor = left / (left + 1.0);
        for (var i = 0; i < groups.Length; i++)
        {
            groups[i].Outputs.Multiply(student, Array.ConvertAll(going[i], goes => goes ? factor : 1));
        }
    }

    private static bool[] Weakest(double[] lengths, int count)
    {
        var weakest = new bool[lengths.Length];
        foreach (var channel in Enumerable.Range(0, lengths.Length).OrderBy(channel => lengths[channel]).ThenBy(channel => channel).Take(count))
        {
            weakest[channel] = true;
        }

        return weakest;
    }
}
