using ModelSlim.Core.Data;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Recipes;
using ModelSlim.Training.Checkpoints;
using ModelSlim.Training.Data;
using ModelSlim.Training.Modules;
using static TorchSharp.torch;

namespace ModelSlim.Training.FineTuning;

/// <summary>What a training works with: the student, its teacher, the optimizer and the samples in their order.</summary>
internal sealed class TrainingSession : IDisposable
{
    private readonly BatchedModule student;
    private readonly BatchedModule teacher;
    private readonly TeacherOutputs wanted;

    /// <summary>Opens student and teacher.</summary>
    /// <param name="student">What is trained.</param>
    /// <param name="teacher">What it is distilled from, with as many outputs.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="spec">How to train, without a budget.</param>
    /// <param name="samples">Training samples, of which some may be held out; the caller disposes of them.</param>
    /// <param name="layout">How pictures lie in a sample.</param>
    /// <exception cref="NodeFailedException">One of them does not run on a sample.</exception>
    public TrainingSession(
        GraphProgram student,
        GraphProgram teacher,
        TrainingLoss loss,
        FineTuneSpec spec,
        SampleSet samples,
        ImageLayout layout = ImageLayout.Nchw)
    {
        Spec = spec;
        var split = HoldOut.Of(spec, samples.Count);
        var train = split.HeldOut.IsEmpty ? samples : new SampleSubset(samples, split.Train);
        Order = new SampleOrder(spec.Seed, train.Count, spec.Batch);
        Length = TrainingLength.Of(spec, Order.Steps);
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

        Optimizer = Optimizer.Of(spec.Optimizer, Module.Parameters.Values);
        var augmentation = spec.Augment is { } augment and not { Crop: 0, Flip: false }
            ? new Augmentation(augment, spec.Seed, samples.Shapes[0], layout)
            : null;
        wanted = new TeacherOutputs(this.teacher, train.Count, loss.Features, change: augmentation is not null);
        Step = new TrainingStep(this.student, wanted, Optimizer, loss, train, augmentation);
        Average = spec.Ema is { } decay ? new WeightAverage(Module, decay) : null;
        if (!split.HeldOut.IsEmpty)
        {
            var heldOut = new SampleSubset(samples, split.HeldOut);
            var exam = new HeldOutExam(this.student, new TeacherOutputs(this.teacher, heldOut.Count, loss.Features), loss, heldOut);
            Selection = new EpochSelection(Module, exam, Average, spec.Patience);
        }
    }

    /// <summary>How to train.</summary>
    public FineTuneSpec Spec { get; }

    /// <summary>The student's parameters and statistics.</summary>
    public GraphModule Module => student.Module;

    /// <summary>Which samples each step sees.</summary>
    public SampleOrder Order { get; }

    /// <summary>How many steps are taken.</summary>
    public TrainingLength Length { get; }

    /// <summary>Moves the student's parameters.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>Takes steps.</summary>
    public TrainingStep Step { get; }

    /// <summary>The average of the student's weights; null where none is kept.</summary>
    public WeightAverage? Average { get; }

    /// <summary>Chooses among epochs; null where no samples are held out.</summary>
    public EpochSelection? Selection { get; }

    /// <summary>The first step after which an epoch may be chosen: what is written must be what training ends with.</summary>
    public int FirstToKeep { get; set; }

    /// <summary>Gives the student the weights that are to stay: those that were chosen, else their average, else the last.</summary>
    /// <param name="epochs">Epochs that were trained.</param>
    public KeptEpoch Choose(int epochs)
    {
        if (Selection?.Kept is { } kept)
        {
            Selection.Restore();
            return kept;
        }

        Average?.Swap();
        return new KeptEpoch(epochs, Average is not null, 0, null);
    }

    /// <summary>Writes how far it is.</summary>
    /// <param name="checkpoints">Where to.</param>
    /// <param name="done">Steps that were taken.</param>
    /// <param name="more">Writes what else there is to remember.</param>
    public void Save(CheckpointFolder checkpoints, int done, Action<StateWriter> more) =>
        checkpoints.Save(done, Length.Total, wanted.Save(checkpoints), writer =>
        {
            writer.WriteTensors(Weights);
            Optimizer.Save(writer);
            Average?.Save(writer);
            Selection?.Save(writer);
            more(writer);
        });

    /// <summary>Goes on from a checkpoint.</summary>
    /// <param name="checkpoints">Where it is.</param>
    /// <param name="latest">The checkpoint.</param>
    /// <param name="more">Reads what else there is to remember.</param>
    public void Load(CheckpointFolder checkpoints, Checkpoint latest, Action<StateReader> more) => latest.Read(reader =>
    {
        reader.ReadTensors(Weights);
        Optimizer.Load(reader);
        Average?.Load(reader);
        Selection?.Load(reader);
        wanted.Load(checkpoints, latest.Attachments);
        more(reader);
    });

    /// <summary>The student as it is now.</summary>
    public Graph Trained() => Module.ToGraph();

    private IEnumerable<Tensor> Weights => Module.Parameters.Values.Concat(Module.Statistics.Values);

    /// <inheritdoc/>
    public void Dispose()
    {
        Selection?.Dispose();
        Average?.Dispose();
        Optimizer.Dispose();
        teacher.Dispose();
        student.Dispose();
    }
}
