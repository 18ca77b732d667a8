using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Training.Kernels;
using ModelSlim.Training.Modules;
using static TorchSharp.torch;

namespace ModelSlim.Training.FineTuning;

/// <summary>
/// A module that runs on batches of samples: at once where that gives each sample what it gets alone, else as many at a time
/// as the file was exported for, or one where an input has no axis of samples. Owns the module.
/// </summary>
internal sealed class BatchedModule : IDisposable
{
    private const int ProofSamples = 3;
    private const double Tolerance = 1e-3;

    private static readonly BatchAxis One = new(1, 1);

    private readonly int traced;
    private readonly bool[] whole;

    private BatchedModule(GraphProgram program, SampleSet samples)
    {
        Module = new GraphModule(program);
        whole = [.. Enumerable.Range(0, samples.Shapes.Length).Select(samples.IsWhole)];
        traced = OneByOne ? 1 : program.TracedBatch;
    }

    /// <summary>The module.</summary>
    public GraphModule Module { get; }

    /// <summary>True where an input has no axis of samples, so that they run one by one.</summary>
    public bool OneByOne => whole.Contains(true);

    /// <summary>True where a batch runs at once.</summary>
    public bool AtOnce { get; private set; }

    /// <summary>Makes a module and finds out how it runs.</summary>
    /// <param name="program">The program.</param>
    /// <param name="samples">Samples that the proof may use.</param>
    /// <exception cref="NodeFailedException">It does not run on one sample either.</exception>
    public static BatchedModule Open(GraphProgram program, SampleSet samples)
    {
        var module = new BatchedModule(program, samples);
        try
        {
            module.AtOnce = module.Prove(samples);
            return module;
        }
        catch
        {
            module.Dispose();
            throw;
        }
    }

    /// <summary>Runs a batch.</summary>
    /// <param name="inputs">A tensor for each input, [B, ...].</param>
    /// <param name="mode">
    /// As the app runs it, or as it is trained; where samples run apart, normalization keeps its stored statistics.
    /// </param>
    /// <param name="capture">Sees every computed value, in parts where samples run apart.</param>
    /// <returns>A tensor for each output, [B, ...], in the current dispose scope.</returns>
    public ImmutableArray<Tensor> Run(IReadOnlyList<Tensor> inputs, RunMode mode, ValueCapture? capture = null)
    {
        var batch = inputs[0].shape[0];
        return AtOnce && batch != 1
            ? Module.Run(inputs, mode, capture)
            : Apart(inputs, batch, AtOnce ? mode : RunMode.Inference, capture);
    }

    /// <inheritdoc/>
    public void Dispose() => Module.Dispose();

    private ImmutableArray<Tensor> Apart(IReadOnlyList<Tensor> inputs, long batch, RunMode mode, ValueCapture? capture)
    {
        using var scope = NewDisposeScope();
        var runs = new List<ImmutableArray<Tensor>>();
        for (var start = 0L; start < batch; start += traced)
        {
            // The last samples again, where they are fewer than the file wants.
            var rows = arange(traced).add(start).clamp_max(batch - 1);
            Tensor[] some = [.. inputs.Select((input, i) => input.index_select(0, rows) is var taken && whole[i] ? taken.squeeze(0) : taken)];
            runs.Add([.. Module.Run(some, mode, capture, OneByOne ? One : null).Select(WithBatchAxis)]);
        }

        return
        [
            .. Enumerable.Range(0, runs[0].Length)
                .Select(output => cat([.. runs.Select(run => run[output])], 0).narrow(0, 0, batch).MoveToOuterDisposeScope()),
        ];
    }

    private Tensor WithBatchAxis(Tensor output) =>
        output.dim() > 0 && output.shape[0] == traced ? output : output.reshape([traced, .. traced == 1 ? output.shape : [-1]]);

    private bool Prove(SampleSet samples)
    {
        if (OneByOne)
        {
            return false;
        }

        using var scope = NewDisposeScope();
        using var still = no_grad();
        var count = Math.Min(ProofSamples, samples.Count);
        var inputs = BatchTensors.Of(samples.Read([.. Enumerable.Range(0, count)]), samples.Shapes);
        var alone = Apart(inputs, count, RunMode.Inference, null);
        try
        {
            var together = Module.Run(inputs, RunMode.Inference);
            return alone.Zip(together).All(pair => Agree(pair.First, pair.Second));
        }
        catch (NodeFailedException)
        {
            return false;
        }
    }

    private static bool Agree(Tensor alone, Tensor together)
    {
        if (!alone.shape.SequenceEqual(together.shape))
        {
            return false;
        }

        var (expected, actual) = (alone.to(ScalarType.Float64), together.to(ScalarType.Float64));
        var scale = Math.Max(expected.abs().amax().item<double>(), 1e-6);
        return expected.sub(actual).abs().amax().item<double>() <= Tolerance * scale;
    }
}
