using System.Collections.Immutable;
using System.Text.Json;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Training.Runtime;

namespace ModelSlim.Training.Worker;

/// <summary>Says how libtorch computes in the worker, and trains the fixed net of <see cref="NumericsProbe"/>.</summary>
internal sealed class ProbeJob : WorkerJob
{
    /// <summary>The name.</summary>
    public const string JobName = "probe";

    /// <inheritdoc/>
    public override string Name => JobName;

    /// <inheritdoc/>
    public override Result<object> Run(JobContext context, CancellationToken cancellation)
    {
        var steps = context.Input.Deserialize<Input>(WorkerJson.Options)!.Steps;
        var checksum = new NumericsProbe().Run(
            steps, done => context.Progress.Report(new StageProgress(JobName, done, steps)), cancellation);
        return new Answer(context.Numerics, context.Torch.Relaxed, checksum);
    }

    /// <summary>What the host asks.</summary>
    /// <param name="Steps">Number of training steps.</param>
    public sealed record Input(int Steps);

    /// <summary>What the host gets.</summary>
    /// <param name="Numerics">How libtorch computes.</param>
    /// <param name="Relaxed">Symbol versions that were made optional to load it.</param>
    /// <param name="Checksum">SHA-256 of the trained weights.</param>
    public sealed record Answer(NumericsReading Numerics, ImmutableArray<string> Relaxed, string Checksum);
}
