namespace ModelSlim.Training.FineTuning;

/// <summary>Where in a training a step is.</summary>
/// <param name="Epoch">Its epoch, from 0.</param>
/// <param name="Step">Its place in the epoch, from 0.</param>
/// <param name="Done">Steps taken so far in all epochs, this one included.</param>
/// <param name="Total">Steps of all epochs.</param>
/// <param name="Rate">Its learning rate.</param>
internal readonly record struct TrainingMoment(int Epoch, int Step, int Done, int Total, double Rate)
{
    /// <summary>How the step went.</summary>
    public StepOutcome? Outcome { get; init; }
}
