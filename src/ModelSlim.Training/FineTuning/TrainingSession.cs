using ModelSlim.Core.Data;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Recipes;
using ModelSlim.Training.Modules;

namespace ModelSlim.Training.FineTuning;

/// <summary>What a training works with: the student, its teacher, the optimizer and the samples in their order.</summary>
internal sealed class TrainingSession : IDisposable
{
    private readonly BatchedModule student;
    private readonly BatchedModule teacher;
    private readonly Optimizer optimizer;

    /// <summary>Opens student and teacher.</summary>
    /// <param name="student">What is trained.</param>
    /// <param name="teacher">What it is distilled from, with as many outputs.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="spec">How to train.</param>
    /// <param name="samples">Training samples; the caller disposes of them.</param>
    /// <exception cref="NodeFailedException">One of them does not run on a sample.</exception>
    public TrainingSession(GraphProgram student, GraphProgram teacher, TrainingLoss loss, FineTuneSpec spec, SampleSet samples)
    {
        Spec = spec;
        Order = new SampleOrder(spec.Seed, samples.Count, spec.Batch);
        this.student = BatchedModule.Open(student, samples);
        try
        {
            this.teacher = BatchedModule.Open(teacher, samples);
        }
        catch
        {
            this.student.Dispose();
            throw;
        }

        optimizer = Optimizer.Of(spec.Optimizer, Module.Parameters.Values);
        Step = new TrainingStep(this.student, new TeacherOutputs(this.teacher, samples.Count), optimizer, loss, samples);
    }

    /// <summary>How to train.</summary>
    public FineTuneSpec Spec { get; }

    /// <summary>The student's parameters and statistics.</summary>
    public GraphModule Module => student.Module;

    /// <summary>Which samples each step sees.</summary>
    public SampleOrder Order { get; }

    /// <summary>Takes steps.</summary>
    public TrainingStep Step { get; }

    /// <summary>The student as it is now.</summary>
    public Graph Trained() => Module.ToGraph();

    /// <inheritdoc/>
    public void Dispose()
    {
        optimizer.Dispose();
        teacher.Dispose();
        student.Dispose();
    }
}
