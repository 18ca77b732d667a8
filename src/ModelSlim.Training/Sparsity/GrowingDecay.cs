using System.Collections.Immutable;
using ModelSlim.Core.Recipes;
using ModelSlim.Training.Checkpoints;
using ModelSlim.Training.FineTuning;
using ModelSlim.Training.Modules;

namespace ModelSlim.Training.Sparsity;

/// <summary>
/// Weight decay of its own for each channel, which grows at every step by how weak the channel is within its group: not at all
/// for the strongest, by the full amount for the weakest (growing regularization, Wang et al. 2021, with the increments of Fang
/// et al. 2023). Decay is decoupled from the gradient.
/// </summary>
/// <param name="groups">For each group what decays.</param>
/// <param name="weight">
/// What the decay of the weakest reaches at the end; null means so much that 1% is left of a channel that is the
/// weakest all the time.
/// </param>
/// <param name="training">The training, whose learning rates count.</param>
/// <param name="toTheEnd">True to go on all the time; false to stop when the channels that go are chosen.</param>
internal sealed class GrowingDecay(
    ImmutableArray<ChannelSlices> groups, double? weight, FineTuneSpec training, bool toTheEnd) : TrainingHook
{
    private const double Left = 0.01;

    private readonly double[][] decays = new double[groups.Length][];
    private double? most = weight;

    /// <inheritdoc/>
    public override void Save(StateWriter writer) => writer.Write(decays);

    /// <inheritdoc/>
    public override void Load(StateReader reader) => reader.Read<double[][]>().CopyTo(decays, 0);

    /// <inheritdoc/>
    public override void AfterStep(GraphModule student, TrainingMoment moment)
    {
        var last = toTheEnd ? moment.Total : SparsePhases.Of(moment.Total).Choosing;
        if (moment.Done > last)
        {
            return;
        }

        most ??= -Math.Log(Left) / Reach(moment.Total, last);
        for (var i = 0; i < groups.Length; i++)
        {
            var lengths = groups[i].Lengths(student);
            var (least, largest) = (lengths.Min(), lengths.Max());
            var decay = decays[i] ??= new double[lengths.Length];
            for (var channel = 0; channel < decay.Length; channel++)
            {
                decay[channel] += most.Value / last * (largest > least ? (largest - lengths[channel]) / (largest - least) : 0);
            }

            groups[i].Multiply(student, Array.ConvertAll(decay, amount => Math.Max(0, 1 - (moment.Rate * amount))));
        }
    }

    // What a decay that grows from 0 to 1 in a line does to the logarithm of what it works on.
    private double Reach(int total, int last)
    {
        var rates = new LearningRate(training, total);
        return Enumerable.Range(0, last).Sum(step => rates.At(step) * (step + 1) / last);
    }
}
