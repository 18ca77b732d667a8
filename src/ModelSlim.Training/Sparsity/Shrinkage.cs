using System.Collections.Immutable;
using ModelSlim.Training.Checkpoints;
using ModelSlim.Training.FineTuning;
using ModelSlim.Training.Modules;

namespace ModelSlim.Training.Sparsity;

/// <summary>
/// The proximal step of a penalty on the length of each channel's numbers, after each step of the optimizer: every vector gets
/// shorter by the same length, and those shorter than that become zero (Yuan and Lin 2006; where a channel has one factor, it is
/// the soft threshold that belongs to the L1 penalty of Network Slimming, Liu et al. 2017).
/// </summary>
/// <param name="rivals">Channels that compete: for each such set its groups, and how strongly they are penalized.</param>
/// <param name="toTheEnd">True to penalize all the time; false to stop when the channels that go are chosen.</param>
internal sealed class Shrinkage(
    ImmutableArray<(ImmutableArray<ChannelSlices> Groups, PenaltyWeight Weight)> rivals, bool toTheEnd) : TrainingHook
{
    /// <inheritdoc/>
    public override void Save(StateWriter writer) => Array.ForEach([.. rivals], set => set.Weight.Save(writer));

    /// <inheritdoc/>
    public override void Load(StateReader reader) => Array.ForEach([.. rivals], set => set.Weight.Load(reader));

    /// <inheritdoc/>
    public override void AfterStep(GraphModule student, TrainingMoment moment)
    {
        var last = toTheEnd ? moment.Total : SparsePhases.Of(moment.Total).Choosing;
        if (moment.Done > last)
        {
            return;
        }

        foreach (var (groups, weight) in rivals)
        {
            var lengths = groups.Select(group => group.Lengths(student)).ToArray();
            var cut = moment.Rate * weight.Of(moment, last, [.. lengths.SelectMany(group => group)]);
            for (var i = 0; i < groups.Length; i++)
            {
                groups[i].Multiply(student, Array.ConvertAll(lengths[i], length => length > cut ? 1 - (cut / length) : 0));
            }
        }
    }
}
