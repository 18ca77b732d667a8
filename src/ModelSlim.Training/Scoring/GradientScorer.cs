using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Training.FineTuning;
using ModelSlim.Training.Kernels;
using ModelSlim.Training.Modules;
using ModelSlim.Training.Sparsity;
using static TorchSharp.torch;

namespace ModelSlim.Training.Scoring;

/// <summary>
/// Scores channels by what a loss does when they go. A factor of 1 stands on everything that makes a channel, in all layers that are
/// coupled; its gradient g for one sample is what the loss changes by, to first order, when the channel is masked. The score is the
/// mean over samples of |g| (Taylor; Molchanov et al. 2017 and 2019), or half the mean of g squared with answers that are drawn
/// from the model (Fisher; Theis et al. 2018, Liu et al. 2021 "Group Fisher Pruning"), which is to second order how far what the model
/// says moves. Samples run one at a time, so that gradients are those of samples and not of their sum.
/// </summary>
/// <param name="compiler">Makes graphs ready to run.</param>
public sealed class GradientScorer(GraphCompiler compiler)
{
    /// <summary>Name of the stage in progress.</summary>
    public const string Stage = "score";

    /// <summary>Scores.</summary>
    /// <param name="model">The model.</param>
    /// <param name="task">What to score.</param>
    /// <param name="samples">Samples; the caller disposes of them.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>
    /// By id of the group, a score for each channel, all in one unit; a group that no parameter makes is left out. MSLIM6101 where a
    /// node has no gradient, MSLIM6103 where a label is no output of the model, MSLIM6104 where no loss can be taken.
    /// </returns>
    public Result<ImmutableSortedDictionary<string, ImmutableArray<double>>> Run(
        OnnxModel model, GradientTask task, SampleSet samples, IProgress<StageProgress> progress, CancellationToken cancellation)
    {
        var own = LossOutputs.Of(model.Graph, task.StandIn);
        if (own.Graph.Outputs.IsEmpty)
        {
            return DiagnosticCodes.OutputsNotBatched.Says("no output of the model is of floating-point numbers; use another prune.criterion");
        }

        ImmutableArray<FadingGroup> staying = [.. task.Groups.Select(group => new FadingGroup(group, 0))];
        var scaled = ScaledGraph.Of(new OpenedGraph(own.Graph, own.Graph, []), staying);
        try
        {
            return compiler.Compile(scaled.Graph).Then(program =>
            {
                using var module = BatchedModule.Open(program, samples);
                var groups = GroupSlices.Of(scaled, staying, module.Module);
                return Sum(module, groups, new SampleLoss(task.Seed, own.Independent), task, samples, progress, cancellation);
            });
        }
        catch (NodeFailedException failure)
        {
            return DiagnosticCodes.NodeNotTrainable.Says($"{failure.Message}; use another prune.criterion.");
        }
    }

    private static Result<ImmutableSortedDictionary<string, ImmutableArray<double>>> Sum(
        BatchedModule module,
        ImmutableArray<GroupSlices> groups,
        SampleLoss loss,
        GradientTask task,
        SampleSet samples,
        IProgress<StageProgress> progress,
        CancellationToken cancellation)
    {
        var sums = groups.ToDictionary(group => group.Id, group => new double[group.Channels]);
        var places = new SplitMix(task.Seed, "score").Permutation(samples.Count).Take(GradientTask.MostSamples).ToArray();
        for (var i = 0; i < places.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress.Report(new StageProgress(Stage, i, places.Length));
            if (Backward(module, loss, task, samples, places[i]) is { } misfit)
            {
                return misfit;
            }

            foreach (var group in groups)
            {
                var (sum, gradients) = (sums[group.Id], group.Outputs.GateGradients(module.Module));
                for (var channel = 0; channel < sum.Length; channel++)
                {
                    var gradient = gradients[channel];
                    sum[channel] += (task.Labelled ? Math.Abs(gradient) : gradient * gradient / 2) / places.Length;
                }
            }
        }

        return sums.ToImmutableSortedDictionary(sum => sum.Key, sum => sum.Value.ToImmutableArray(), StringComparer.Ordinal);
    }

    private static Diagnostic? Backward(BatchedModule module, SampleLoss loss, GradientTask task, SampleSet samples, int place)
    {
        using var scope = NewDisposeScope();
        var batch = samples.Read([place]);
        var outputs = RealOutputs.Of(module.Run(BatchTensors.Of(batch, samples.Shapes), RunMode.Inference));
        if (outputs.Count == 0 || outputs[0].shape[0] != 1)
        {
            return DiagnosticCodes.OutputsNotBatched.Says("the model gives no row of real numbers for a sample; use another prune.criterion");
        }

        int? label = task.Labelled ? batch.Labels[0] : null;
        if (label is not null && (outputs[0].dim() != 2 || label < 0 || label >= outputs[0].shape[1]))
        {
            return DiagnosticCodes.LabelsUnfit.Says(
                $"a label is {label}, but the model gives [{string.Join(", ", outputs[0].shape)}]; check data.train");
        }

        foreach (var parameter in module.Module.Parameters.Values)
        {
            parameter.grad?.zero_();
        }

        var value = loss.Of(outputs, label, place);
        if (!double.IsFinite(value.to(ScalarType.Float64).item<double>()))
        {
            return DiagnosticCodes.LossDiverged.Says("the loss of a sample is no number; check data.preprocess");
        }

        value.backward();
        return null;
    }
}
