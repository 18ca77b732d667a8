using ModelSlim.Core.Data;
using ModelSlim.Training.Kernels;
using static TorchSharp.torch;

namespace ModelSlim.Training.FineTuning;

/// <summary>
/// Judges a student on held-out samples, as the app runs it: a classifier by the labels, without labels by the teacher's
/// classes, any other model by its loss.
/// </summary>
/// <param name="student">The student.</param>
/// <param name="teacher">What the teacher gives for the held-out samples.</param>
/// <param name="loss">The loss.</param>
/// <param name="samples">The held-out samples.</param>
internal sealed class HeldOutExam(BatchedModule student, TeacherOutputs teacher, TrainingLoss loss, SampleSet samples)
{
    private const int BatchSize = 64;

    /// <summary>Number of held-out samples.</summary>
    public int Samples => samples.Count;

    /// <summary>Judges the student as it is now.</summary>
    /// <param name="cancellation">Ends it.</param>
    public HeldOutScore Run(CancellationToken cancellation)
    {
        using var still = no_grad();
        var values = new List<float>();
        foreach (var places in Enumerable.Range(0, samples.Count).Chunk(BatchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var batch = samples.Read(places);
            var inputs = BatchTensors.Of(batch, samples.Shapes);
            var labels = BatchTensors.Labels(batch);
            var outputs = RealOutputs.Of(student.Run(inputs, RunMode.Inference));
            var wanted = loss.NeedsTeacher(outputs, labels is not null) ? teacher.Of(places, inputs, outputs) : null;
            if (loss.Classifies(outputs, labels is not null))
            {
                var hits = outputs[0].argmax(1).eq(labels ?? wanted![0].argmax(1)).to(ScalarType.Float32);
                values.AddRange(hits.data<float>().ToArray());
            }
            else
            {
                values.Add(-loss.Of(outputs, wanted, labels).item<float>());
            }
        }

        return new HeldOutScore([.. values]);
    }
}
