using ModelSlim.Core.Recipes;
using static TorchSharp.torch;

namespace ModelSlim.Training.FineTuning;

/// <summary>
/// The loss: for the classes of a classifier cross-entropy with the labels and distillation from the teacher (Hinton, Vinyals,
/// Dean 2015), mixed; for every other output the squared distance to the teacher's, relative to the teacher's mean square.
/// </summary>
/// <param name="distill">Temperature and share of distillation; null means labels alone.</param>
/// <param name="independent">True where the first output's numbers are no classes, unless there are labels.</param>
/// <param name="features">How many of the last outputs are values inside the network.</param>
internal sealed class TrainingLoss(DistillSpec? distill, bool independent, int features = 0)
{
    private const double LeastSquare = 1e-6;

    /// <summary>How many of the last outputs are values inside the network.</summary>
    public int Features => features;

    /// <summary>True where the first output is one number a class.</summary>
    /// <param name="outputs">What the student gives, each [B, ...].</param>
    /// <param name="labelled">Whether the samples have labels.</param>
    public bool Classifies(IReadOnlyList<Tensor> outputs, bool labelled) =>
        outputs[0].dim() == 2 && outputs[0].shape[1] > 1 && (labelled || !independent);

    /// <summary>True where the teacher is needed.</summary>
    /// <param name="outputs">What the student gives, each [B, ...].</param>
    /// <param name="labelled">Whether the samples have labels.</param>
    public bool NeedsTeacher(IReadOnlyList<Tensor> outputs, bool labelled) =>
        !labelled || distill is { Weight: > 0 } || outputs.Count > 1 || !Classifies(outputs, labelled);

    /// <summary>The loss of a batch.</summary>
    /// <param name="outputs">What the student gives, each [B, ...].</param>
    /// <param name="teacher">What the teacher gives, each flattened to [B, K]; null where it is not needed.</param>
    /// <param name="labels">Class of each sample, [B]; null without labels.</param>
    /// <param name="all">
    /// What the teacher gives for all samples of the step, which distances are relative to; null where these are all.
    /// </param>
    /// <returns>A scalar; where samples of a step come in parts, the mean over equal parts is the loss of the step.</returns>
    public Tensor Of(IReadOnlyList<Tensor> outputs, IReadOnlyList<Tensor>? teacher, Tensor? labels, IReadOnlyList<Tensor>? all = null)
    {
        all ??= teacher;
        var classes = Classifies(outputs, labels is not null);
        var loss = classes
            ? OfClasses(outputs[0], teacher?[0], labels)
            : Distance(outputs[0], teacher![0], all![0]);
        for (var i = 1; i < outputs.Count - features; i++)
        {
            loss += Distance(outputs[i], teacher![i], all![i]);
        }

        for (var i = outputs.Count - features; i < outputs.Count; i++)
        {
            loss += FineTuning.Features.Distance(outputs[i], teacher![i], all![i]) * (distill!.Features / features);
        }

        return loss;
    }

    private Tensor OfClasses(Tensor output, Tensor? teacher, Tensor? labels)
    {
        if (teacher is null || (labels is not null && distill is null))
        {
            return CrossEntropy(output, labels!);
        }

        var distillation = Divergence(output, teacher, (distill ?? new DistillSpec()).Temperature);
        return labels is null
            ? distillation
            : (distillation * distill!.Weight) + (CrossEntropy(output, labels) * (1 - distill.Weight));
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

    private static Tensor Distance(Tensor student, Tensor teacher, Tensor all) =>
        (student.flatten(1) - teacher).square().mean() / all.square().mean().clamp_min(LeastSquare);
}
