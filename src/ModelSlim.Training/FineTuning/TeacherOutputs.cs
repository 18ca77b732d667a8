using System.Collections.Immutable;
using ModelSlim.Training.Checkpoints;
using ModelSlim.Training.Kernels;
using static TorchSharp.torch;

namespace ModelSlim.Training.FineTuning;

/// <summary>
/// What the teacher gives for each training sample. Computed once a sample and kept, as far as memory allows; and with checkpoints,
/// since the bits for a sample may depend on those in its first batch.
/// </summary>
/// <param name="teacher">The original.</param>
/// <param name="samples">Number of training samples.</param>
/// <param name="features">How many of the last outputs are values inside the network.</param>
/// <param name="change">True where samples are not the same each time, so that nothing can be kept.</param>
internal sealed class TeacherOutputs(BatchedModule teacher, int samples, int features = 0, bool change = false)
{
    private const long MostValues = 1L << 27;

    private readonly float[]?[] rows = new float[]?[samples];
    private readonly List<int> fresh = [];
    private long[] widths = [];
    private ImmutableArray<string> written = [];

    /// <summary>The outputs of real numbers for some samples, each flattened: [B, K], in the current dispose scope.</summary>
    /// <param name="places">Which samples.</param>
    /// <param name="inputs">Their inputs.</param>
    /// <param name="student">What the student gives for them, in as many outputs.</param>
    public IReadOnlyList<Tensor> Of(int[] places, IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> student)
    {
        if (places.All(place => rows[place] is not null))
        {
            var kept = places.SelectMany(place => rows[place]!).ToArray();
            return Apart(tensor(kept, [places.Length, kept.Length / places.Length]).clone());
        }

        using var scope = NewDisposeScope();
        using var still = no_grad();
        var outputs = RealOutputs.Of(teacher.Run(inputs, RunMode.Inference))
            .Select((output, i) => i < student.Count - features ? output.flatten(1) : Features.Kept(output, student[i])).ToArray();
        widths = [.. outputs.Select(output => output.shape[1])];
        var all = cat(outputs, 1);
        var width = (int)all.shape[1];
        if (!change && (long)samples * width <= MostValues)
        {
            var values = all.contiguous().data<float>().ToArray();
            for (var row = 0; row < places.Length; row++)
            {
                rows[places[row]] = values[(row * width)..((row + 1) * width)];
                fresh.Add(places[row]);
            }
        }

        return [.. Apart(all).Select(output => output.MoveToOuterDisposeScope())];
    }

    /// <summary>Writes what was computed since the last time.</summary>
    /// <param name="checkpoints">Where to.</param>
    /// <returns>Digests of all that was written.</returns>
    public ImmutableArray<string> Save(CheckpointFolder checkpoints)
    {
        if (fresh.Count > 0)
        {
            using var content = new MemoryStream();
            var writer = new StateWriter(content);
            int[] places = [.. fresh.Distinct()];
            writer.Write(widths);
            writer.Write(places);
            writer.WriteSingles(places.SelectMany(place => rows[place]!).ToArray());
            written = written.Add(checkpoints.Attach(content.ToArray()));
            fresh.Clear();
        }

        return written;
    }

    /// <summary>Reads it.</summary>
    /// <param name="checkpoints">Where from.</param>
    /// <param name="digests">What <see cref="Save"/> said.</param>
    public void Load(CheckpointFolder checkpoints, ImmutableArray<string> digests)
    {
        written = digests;
        foreach (var digest in digests)
        {
            using var content = new MemoryStream(checkpoints.Attached(digest));
            var reader = new StateReader(content);
            widths = reader.Read<long[]>();
            var places = reader.Read<int[]>();
            var values = reader.ReadSingles();
            var width = values.Length / places.Length;
            for (var row = 0; row < places.Length; row++)
            {
                rows[places[row]] = values[(row * width)..((row + 1) * width)];
            }
        }
    }

    private Tensor[] Apart(Tensor all)
    {
        var parts = new Tensor[widths.Length];
        var start = 0L;
        for (var output = 0; output < parts.Length; output++)
        {
            parts[output] = all.narrow(1, start, widths[output]);
            start += widths[output];
        }

        return parts;
    }
}
