using ModelSlim.Training.Kernels;
using ModelSlim.Training.Modules;
using static TorchSharp.torch;

namespace ModelSlim.Training.FineTuning;

/// <summary>What the teacher gives for each training sample. Computed once a sample and kept, as far as memory allows.</summary>
/// <param name="teacher">The original.</param>
/// <param name="samples">Number of training samples.</param>
internal sealed class TeacherOutputs(GraphModule teacher, int samples)
{
    private const long MostValues = 1L << 27;

    private readonly float[]?[] rows = new float[]?[samples];

    /// <summary>The outputs for some samples, flattened: [B, K], in the current dispose scope.</summary>
    /// <param name="places">Which samples.</param>
    /// <param name="inputs">Their inputs.</param>
    public Tensor Of(int[] places, IReadOnlyList<Tensor> inputs)
    {
        if (places.All(place => rows[place] is not null))
        {
            var kept = places.SelectMany(place => rows[place]!).ToArray();
            return tensor(kept, [places.Length, kept.Length / places.Length]).clone();
        }

        using var scope = NewDisposeScope();
        using var still = no_grad();
        var output = teacher.Run(inputs, RunMode.Inference)[0].flatten(1);
        var width = (int)output.shape[1];
        if ((long)samples * width <= MostValues)
        {
            var values = output.contiguous().data<float>().ToArray();
            for (var row = 0; row < places.Length; row++)
            {
                rows[places[row]] = values[(row * width)..((row + 1) * width)];
            }
        }

        return output.clone().MoveToOuterDisposeScope();
    }
}
