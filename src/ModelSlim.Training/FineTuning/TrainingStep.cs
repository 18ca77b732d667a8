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

        // Samples that run one by one leave nothing behind but what they add to the gradients.
        var parts = student.OneByOne ? places.Length : 1;
        var wanted = default(IReadOnlyList<Tensor>);
        var (number, classifies, hits) = (0.0, false, 0);
        for (var part = 0; part < parts; part++)
        {
            using var run = NewDisposeScope();
            Tensor Part(Tensor all) => parts == 1 ? all : all.narrow(0, part, 1);
            var outputs = RealOutputs.Of(student.Run([.. inputs.Select(Part)], RunMode.Training));
            if (Misfit(outputs, batch, places.Length / parts) is { } misfit)
            {
                return misfit;
            }

            classifies = loss.Classifies(outputs, labels is not null);
            if (loss.NeedsTeacher(outputs, labels is not null))
            {
                wanted ??= [.. teacher.Of(places, inputs, outputs).Select(value => value.MoveToOuterDisposeScope())];
            }

            Tensor[]? answers = wanted is null ? null : [.. wanted.Select(Part)];
            var classes = labels is null ? null : Part(labels);
            var value = loss.Of(outputs, answers, classes, wanted);
            value = parts == 1 ? value : value / parts;
            number += value.item<float>();
            if (!double.IsFinite(number))
            {
                return DiagnosticCodes.LossDiverged.Says(
                    "the loss is no number any more; lower finetune.optimizer's lr, and check data.preprocess");
            }

            value.backward();
            hits += classifies ? (int)outputs[0].argmax(1).eq(classes ?? answers![0].argmax(1)).sum().item<long>() : 0;
        }

        ready?.Invoke();
        optimizer.Step(rate, classifies ? double.PositiveInfinity : LongestGradient);
        return new StepOutcome(places.Length, number, classifies ? hits : null);
    }

    private static Diagnostic? Misfit(IReadOnlyList<Tensor> outputs, Batch batch, int samples)
    {
        if (outputs.Count == 0)
        {
            return DiagnosticCodes.OutputsNotBatched.Says("no output of the model is of floating-point numbers; remove finetune");
        }

        if (outputs.FirstOrDefault(output => output.dim() == 0 || output.shape[0] != samples) is { } odd)
        {
            return DiagnosticCodes.OutputsNotBatched.Says(
                $"{samples} samples give an output of shape [{string.Join(", ", odd.shape)}], which is not one row a sample; remove finetune");
        }

        return batch.Labels.Length > 0 && (outputs[0].dim() != 2 || batch.Labels.Max() >= outputs[0].shape[1] || batch.Labels.Min() < 0)
            ? DiagnosticCodes.LabelsUnfit.Says(
                $"labels go up to {batch.Labels.Max()}, but the model gives [{string.Join(", ", outputs[0].shape)}]; check data.train")
            : null;
    }
}
