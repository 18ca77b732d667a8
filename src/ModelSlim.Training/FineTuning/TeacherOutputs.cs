using System.Collections.Immutable;
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
    private ImmutableArray<int> widths = [];

    /// <summary>The outputs for some samples, each flattened to [B, K], in the current dispose scope.</summary>
    /// <param name="places">Which samples.</param>
    /// <param name="inputs">Their inputs.</param>
    public ImmutableArray<Tensor> Of(int[] places, IReadOnlyList<Tensor> inputs)
    {
        if (places.All(place => rows[place] is not null))
        {
            var kept = places.SelectMany(place => rows[place]!).ToArray();
            return [.. tensor(kept, [places.Length, widths.Sum()]).split([.. widths.Select(width => (long)width)], 1).Select(part => part.clone())];
        }

        using var scope = NewDisposeScope();
        using var still = no_grad();
        var outputs = teacher.Run(inputs, RunMode.Inference).Select(output => output.flatten(1)).ToArray();
        widths = [.. outputs.Select(output => (int)output.shape[1])];
        if (samples * widths.Sum(width => (long)width) <= MostValues)
        {
            var width = widths.Sum();
            var values = cat(outputs, 1).contiguous().data<float>().ToArray();
            for (var row = 0; row < places.Length; row++)
            {
                rows[places[row]] = values[(row * width)..((row + 1) * width)];
            }
        }

        return [.. outputs.Select(output => output.clone().MoveToOuterDisposeScope())];
    }
}
