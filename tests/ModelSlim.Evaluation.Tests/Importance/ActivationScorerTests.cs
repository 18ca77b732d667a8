using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Importance;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Importance;
using ModelSlim.Evaluation.Repair;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Evaluation.Tests.Oracles;
using ModelSlim.Evaluation.Tests.Repair;
using ModelSlim.Testing;

namespace ModelSlim.Evaluation.Tests.Importance;

/// <summary>Scores from activations of nets whose best order is known.</summary>
public sealed class ActivationScorerTests
{
    public static TheoryData<string, bool> Nets =>
        new(SmallNets.Kinds.SelectMany(kind => new[] { (kind, false), (kind, true) }));

    [Theory]
    [MemberData(nameof(Nets))]
    public void EveryGroupIsScoredAndThreadsDoNotMatter(string kind, bool folded)
    {
        var task = Task(SmallNets.Make(kind, folded));

        var scores = Scorer(1).Reconstruction(task, null, TestContext.Current.CancellationToken);
        var again = Scorer(2).Reconstruction(task, null, TestContext.Current.CancellationToken);

        Assert.True(scores.Succeeded, string.Join('\n', scores.Diagnostics));
        Assert.Equal(task.Dependencies.Groups.Select(group => group.Id).Order(), scores.Value.ByGroup.Keys.Order());
        foreach (var group in task.Dependencies.Groups)
        {
            var own = scores.Value.ByGroup[group.Id];
            Assert.Equal(group.Channels, own.Length);
            Assert.All(own, score => Assert.True(double.IsFinite(score) && score > 0));
            Assert.Equal(own, again.Value!.ByGroup[group.Id]);
        }
    }

    // Channels 0 and 1 are the same but for a factor, so either can stand in for the other, large as its weights are.
    [Fact]
    public void WhatAnotherChannelCanStandInForGoesFirst()
    {
        var model = Net([1, 2, 0.5f, -1], [3, 3, 1, 1]);

        var reconstruction = Scores(Scorer(2).Reconstruction(Task(model), null, TestContext.Current.CancellationToken));
        var wanda = Scores(Scorer(2).Wanda(Task(model), null, TestContext.Current.CancellationToken));

        Assert.Contains(Array.IndexOf(reconstruction, reconstruction.Min()), new[] { 0, 1, 2 });
        Assert.True(reconstruction.Order().ElementAt(1) < reconstruction[3] * 0.1);
        Assert.Equal(1, Array.IndexOf(wanda, wanda.Max()));
    }

    // Twice the weight times half the activation: as much as the other way round.
    [Fact]
    public void WandaWeighsChannelsByWhatTheyAreOnSamples()
    {
        var scores = Scores(Scorer(2).Wanda(Task(Net([1, 2, 4, 1], [4, 2, 1, 1])), null, TestContext.Current.CancellationToken));

        Assert.Equal(scores[0], scores[1], scores[0] * 1e-5);
        Assert.Equal(scores[0], scores[2], scores[0] * 1e-5);
        Assert.Equal(scores[0] / 4, scores[3], scores[0] * 1e-5);
    }

    [Fact]
    public void TooFewSamplesAreSaidSo()
    {
        var task = Task(SmallNets.Chain());
        var few = task with { Calibration = RepairCase.Noise(task.Model, 7) };

        var scores = Scorer(2).Reconstruction(few, null, TestContext.Current.CancellationToken);

        Assert.Equal(DiagnosticCodes.ScoredByMagnitude, Assert.Single(scores.Diagnostics).Descriptor);
    }

    private static ActivationScorer Scorer(int threads) => new(new SessionFactory(), new RepairSettings { Threads = threads, Samples = 64 });

    private static double[] Scores(Result<ImportanceScores> scores)
    {
        Assert.True(scores.Succeeded, string.Join('\n', scores.Diagnostics));
        return [.. Assert.Single(scores.Value.ByGroup).Value];
    }

    private static ScoringTask Task(OnnxModel model)
    {
        var traced = new TracedModel(model);
        return new ScoringTask
        {
            Model = model,
            Trace = traced.Trace,
            Dependencies = traced.Dependencies,
            Calibration = RepairCase.Noise(model, 64),
        };
    }

    // Each channel is the input times a factor.
    private static OnnxModel Net(float[] made, float[] read)
    {
        var builder = new ModelBuilder();
        var x = builder.Conv(builder.Input("x", 1, 1, 8, 8), builder.Initializer("made", TensorData.From([4, 1, 1, 1], made)), "");
        builder.Output(builder.Conv(builder.Relu(x), builder.Initializer("read", TensorData.From([1, 4, 1, 1], read)), ""));
        return builder.Build();
    }
}
