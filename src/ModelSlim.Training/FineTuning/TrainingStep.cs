using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Training.Kernels;
using static TorchSharp.torch;

namespace ModelSlim.Training.FineTuning;

/// <summary>One step: forward, loss, backward, move. Every tensor of it is gone afterwards.</summary>
internal sealed class TrainingStep(
    BatchedModule student, TeacherOutputs teacher, Optimizer optimizer, TrainingLoss loss, SampleSet samples, Augmentation? augmentation)
{
    // Distances to raw outputs have steep slopes where a model has not learned for long.
    private const double LongestGradient = 1;

    /// <summary>Takes a step.</summary>
    /// <param name="places">Which samples.</param>
    /// <param name="rate">Learning rate.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="ready">Called with gradients at hand, before anything moves; null where nothing is to be done then.</param>
    public Result<StepOutcome> Run(int[] places, double rate, int epoch, Action? ready = null)
    {
        using var scope = NewDisposeScope();
        var stored = samples.Read(places);
        var batch = augmentation?.Of(stored, places, epoch) ?? stored;
        var inputs = BatchTensors.Of(batch, samples.Shapes);
        var labels = BatchTensors.Labels(batch);
        var outputs = RealOutputs.Of(student.Run(inputs, RunMode.Training));
        if (outputs.Count == 0)
        {
            return DiagnosticCodes.OutputsNotBatched.Says("no output of the model is of floating-point numbers; remove finetune");
        }

        if (outputs.FirstOrDefault(output => output.dim() == 0 || output.shape[0] != places.Length) is { } odd)
        {
            return DiagnosticCodes.OutputsNotBatched.Says(
                $"{places.Length} samples give an output of shape [{string.Join(", ", odd.shape)}], which is not one row a sample; remove finetune");
        }

        if (labels is not null && (outputs[0].dim() != 2 || batch.Labels.Max() >= outputs[0].shape[1] || batch.Labels.Min() < 0))
        {
            return DiagnosticCodes.LabelsUnfit.Says(
                $"labels go up to {batch.Labels.Max()}, but the model gives [{string.Join(", ", outputs[0].shape)}]; check data.train");
        }

        var wanted = loss.NeedsTeacher(outputs, labels is not null) ? teacher.Of(places, inputs, outputs) : null;
        var value = loss.Of(outputs, wanted, labels);
        var number = (double)value.item<float>();
        if (!double.IsFinite(number))
        {
            return DiagnosticCodes.LossDiverged.Says(
                "the loss is no number any more; lower finetune.optimizer's lr, and check data.preprocess");
        }

        value.backward();
        ready?.Invoke();
        var classifies = loss.Classifies(outputs, labels is not null);
        optimizer.Step(rate, classifies ? double.PositiveInfinity : LongestGradient);
        int? hits = classifies
            ? (int)outputs[0].argmax(1).eq(labels ?? wanted![0].argmax(1)).sum().item<long>()
            : null;
        return new StepOutcome(places.Length, number, hits);
    }
}
