using ModelSlim.Core.Onnx;
using ModelSlim.Training.Worker;

namespace ModelSlim.Pipeline;

/// <summary>What is asked of a worker, from what is asked of the pipeline.</summary>
internal static class TrainingRequests
{
    /// <summary>A request to train.</summary>
    /// <param name="traced">A model with the student's inputs, traced.</param>
    /// <param name="student">What is trained.</param>
    /// <param name="teacher">What it is distilled from.</param>
    /// <param name="request">What is asked for; its recipe names training data and says how to fine-tune.</param>
    public static TrainingRequest Of(ModelAnalysis traced, OnnxModel student, OnnxModel teacher, SlimRequest request) => Of(new ComparedOutputs(traced), traced, student, teacher, request);

    private static TrainingRequest Of(ComparedOutputs compared, ModelAnalysis traced, OnnxModel student, OnnxModel teacher, SlimRequest request) => new()
    {
        Student = compared.In(student, teacher),
        Teacher = compared.In(teacher, student),
        StandIn = compared.StandIn,
        Spec = request.Recipe.FineTune!,
        Train = request.Recipe.Data.Train!,
        Preprocess = request.Recipe.Data.Preprocess,
        Inputs = traced.SampleInputs,
        Checkpoints = request.Checkpoints,
        Torch = request.Torch,
    };
}
