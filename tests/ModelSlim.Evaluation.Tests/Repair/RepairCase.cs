using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Data;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Pruning;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Calibration;
using ModelSlim.Evaluation.Repair;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Evaluation.Tests.Oracles;

namespace ModelSlim.Evaluation.Tests.Repair;

/// <summary>Cuts a model and repairs it.</summary>
internal static class RepairCase
{
    public static RepairOutcome Repair(RepairTask task, int threads = 2, int samples = 128)
    {
        var repair = new SequentialLeastSquares(new SessionFactory(), new RepairSettings { Threads = threads, Samples = samples });
        var result = repair.Repair(task, null, TestContext.Current.CancellationToken);
        Assert.True(result.Succeeded, string.Join('\n', result.Diagnostics));
        Assert.Empty(result.Diagnostics);
        return result.Value;
    }

    // Removes every second channel of every group.
    public static RepairTask Half(OnnxModel model)
    {
        var traced = new TracedModel(model);
        return Task(traced,
        [
            .. traced.Dependencies.Groups.Select(group => new GroupCut(
                group.Id, group.Channels, [.. Enumerable.Range(0, group.Channels).Where(channel => channel % 2 == 1)])),
        ]);
    }

    public static RepairTask Task(TracedModel traced, ImmutableArray<GroupCut> cuts)
    {
        ChannelCuts expanded = new PlanExpansion().Expand(cuts, traced.Dependencies, traced.Trace).Value!;
        var graph = new CutApplier(OperatorCatalog.Standard).Apply(traced.Index, traced.Trace, expanded);
        var slim = traced.Model.With(graph);
        return new RepairTask
        {
            Original = traced.Model,
            OriginalTrace = traced.Trace,
            Slim = slim,
            SlimTrace = new TracedModel(slim).Trace,
            Cuts = expanded,
            Calibration = Noise(traced.Model, 256),
        };
    }

    public static NoiseSampleSet Noise(OnnxModel model, int count) => new(
        count,
        [.. model.Graph.Inputs.Select(input => input.Shape.Skip(1).Select(d => d.Extent!.Value).ToImmutableArray())],
        new PreprocessSpec { Mean = [0.5], Std = [0.5] },
        seed: 1);

    public static double Difference(OnnxModel one, OnnxModel other, SampleSet samples)
    {
        using var first = new SessionFactory().Open(one, new SessionSettings()).Value!;
        using var second = new SessionFactory().Open(other, new SessionSettings()).Value!;
        var sum = 0.0;
        for (var i = 0; i < samples.Count; i++)
        {
            var batch = samples.Read([i]);
            TensorData[] inputs = [TensorData.From([1, .. samples.Shapes[0]], batch.Inputs[0])];
            var expected = first.Run(inputs, TestContext.Current.CancellationToken).Value![0]!.ToSingles();
            var actual = second.Run(inputs, TestContext.Current.CancellationToken).Value![0]!.ToSingles();
            sum += expected.Zip(actual, (e, a) => ((double)e - a) * (e - a)).Sum();
        }

        return sum;
    }

    /// <summary>The model with some of its operators in the domain com.microsoft, which tests cannot state otherwise.</summary>
    public static OnnxModel WithFusions(OnnxModel model, params string[] fused) => model.With(model.Graph with
    {
        Nodes = [.. model.Graph.Nodes.Select(node => fused.Contains(node.OpType) ? node with { Domain = "com.microsoft" } : node)],
        Opsets = model.Graph.Opsets.Add("com.microsoft", 1),
    });
}
