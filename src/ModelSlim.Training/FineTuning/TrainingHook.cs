using ModelSlim.Training.Checkpoints;
using ModelSlim.Training.Modules;

namespace ModelSlim.Training.FineTuning;

/// <summary>
/// What else happens while a model is trained. It may change parameters and statistics in place, without gradients; what it
/// does must follow from them, its own settings and memory and the moment alone, so that the same job gives the same bytes.
/// </summary>
internal abstract class TrainingHook
{
    /// <summary>Called before each step of the optimizer, with gradients at hand, in a dispose scope and without further ones. It may change them in place.</summary>
    /// <param name="student">The model in training; its parameters have their names.</param>
    public virtual void BeforeStep(GraphModule student)
    {
    }

    /// <summary>Called after each step of the optimizer, in a dispose scope and without gradients.</summary>
    /// <param name="student">The model in training; its parameters have their names.</param>
    /// <param name="moment">Which step was taken.</param>
    public virtual void AfterStep(GraphModule student, TrainingMoment moment)
    {
    }

    /// <summary>Writes what it remembers from step to step.</summary>
    public virtual void Save(StateWriter writer)
    {
    }

    /// <summary>Goes on from there.</summary>
    public virtual void Load(StateReader reader)
    {
    }

    /// <summary>Called at the end of each epoch, in a dispose scope and without gradients.</summary>
    /// <param name="student">The model in training.</param>
    /// <param name="moment">The epoch's last step.</param>
    public virtual void AfterEpoch(GraphModule student, TrainingMoment moment)
    {
    }
}
