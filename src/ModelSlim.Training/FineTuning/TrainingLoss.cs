using ModelSlim.Core.Recipes;
using static TorchSharp.torch;

namespace ModelSlim.Training.FineTuning;

/// <summary>
/// The loss: for classifiers cross-entropy with the labels and distillation from the teacher (Hinton, Vinyals, Dean 2015),
/// mixed; for other outputs the squared distance to the teacher's raw ones. Where a model has several outputs, distances
/// count in units of the teacher's mean square, so that no output drowns the others.
/// </summary>
/// <param name="distill">Temperature and share of distillation; null means labels alone.</param>
internal sealed class TrainingLoss(DistillSpec? distill)
{
    private const double LeastSquare = 1e-6;

    /// <summary>True where the teacher is needed.</summary>
    /// <param name="labelled">Whether the samples have labels.</param>
    public bool NeedsTeacher(bool labelled) => !labelled || distill is { Weight: > 0 };

    /// <summary>The loss of a batch.</summary>
    /// <param name="outputs">What the student gives, the first [B, K] for a classifier.</param>
    /// <param name="teacher">What the teacher gives, each flattened to [B, K]; null where it is not needed.</param>
    /// <param name="labels">Class of each sample, [B]; null without labels.</param>
    /// <returns>A scalar.</returns>
    public Tensor Of(IReadOnlyList<Tensor> outputs, IReadOnlyList<Tensor>? teacher, Tensor? labels)
    {
        var loss = First(outputs[0], teacher?[0], labels, outputs.Count > 1);
        for (var output = 1; teacher is not null && output < outputs.Count; output++)
        {
            loss += Distance(outputs[output].flatten(1), teacher[output], true);
        }

        return loss;
    }

    private Tensor First(Tensor output, Tensor? teacher, Tensor? labels, bool relative)
    {
        var flat = output.flatten(1);
        if (output.dim() != 2 || flat.shape[1] < 2)
        {
            return Distance(flat, teacher!, relative);
        }

        if (teacher is null)
        {
            return CrossEntropy(flat, labels!);
        }

        var distillation = Divergence(flat, teacher, (distill ?? new DistillSpec()).Temperature);
        return labels is null || distill is null
            ? distillation
            : (distillation * distill.Weight) + (CrossEntropy(flat, labels) * (1 - distill.Weight));
    }

    private static Tensor Distance(Tensor student, Tensor teacher, bool relative)
    {
        var distance = (student - teacher).square().mean();
        return relative ? distance / teacher.square().mean().clamp_min(LeastSquare) : distance;
    }

    private static Tensor CrossEntropy(Tensor logits, Tensor labels) =>
        -nn.functional.log_softmax(logits, 1).gather(1, labels.unsqueeze(1)).mean();

    // Kullback-Leibler divergence of softened outputs; times T^2, so that its gradient does not shrink with T.
    private static Tensor Divergence(Tensor student, Tensor teacher, double temperature)
    {
        var expected = nn.functional.log_softmax(teacher / temperature, 1);
        var actual = nn.functional.log_softmax(student / temperature, 1);
        return (expected.exp() * (expected - actual)).sum(1).mean() * (temperature * temperature);
    }
}
