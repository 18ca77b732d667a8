using ModelSlim.Training.Checkpoints;
using ModelSlim.Training.Modules;

namespace ModelSlim.Training.FineTuning;

/// <summary>
/// Exponential moving average of parameters and statistics, from the first step on (Polyak and Juditsky 1992; decay as in
/// Tarvainen and Valpola 2017).
/// </summary>
internal sealed class WeightAverage : TrainingHook, IDisposable
{
    private readonly double decay;
    private readonly ModuleSnapshot average;

    /// <summary>Starts at what the student is now.</summary>
    /// <param name="student">The student.</param>
    /// <param name="decay">Part of the average that a step leaves, 0 to 1.</param>
    public WeightAverage(GraphModule student, double decay)
    {
        this.decay = decay;
        average = new ModuleSnapshot(student);
    }

    /// <inheritdoc/>
    public override void AfterStep(GraphModule student, TrainingMoment moment) => average.Approach(1 - decay);

    /// <summary>Exchanges average and student; a second time brings both back.</summary>
    public void Swap() => average.Swap();

    /// <inheritdoc/>
    public override void Save(StateWriter writer) => writer.WriteTensors(average.Tensors);

    /// <inheritdoc/>
    public override void Load(StateReader reader) => reader.ReadTensors(average.Tensors);

    /// <inheritdoc/>
    public void Dispose() => average.Dispose();
}
