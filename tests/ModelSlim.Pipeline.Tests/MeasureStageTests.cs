using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Exits;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Calibration;
using ModelSlim.Evaluation.Metrics;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Testing;

namespace ModelSlim.Pipeline.Tests;

public sealed class MeasureStageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void What_branches_is_timed_on_samples_where_they_are_real_ones(bool branches, bool real)
    {
        var sessions = new SessionFactory();
        var catalog = OperatorCatalog.Standard;
        var analysis = new AnalysisStage(sessions, catalog)
            .Run(ExitNets.Late(), new Recipe { Target = new TargetSpec() }, Token).Value!;
        var place = new ExitPlaces(catalog).Find(analysis.Index, analysis.Trace)[0];
        var head = new ExitHead(
            TensorData.From([6, place.Window.Features], new float[6 * place.Window.Features]), TensorData.From([6], new float[6]));
        var model = branches ? analysis.Model.With(EarlyExitGraph.Of(analysis.Index, new EarlyExit(place, head, 0.5f, ScoreKind.Logits))) : analysis.Model;
        var noise = new NoiseSampleSet(64, [ExitNets.Picture], new PreprocessSpec(), 1);
        var (one, many) = (new CountingClock(), new CountingClock());
        var stage = new MeasureStage(
            new BatchedModelOpener(sessions), new ModelComparer(1), new LatencyMeter(sessions, one, 1), new SampleTimer(sessions, many, 1));

        var measured = stage.Run(
            analysis, [new ModelForm("exit", model, analysis.Trace)], real ? new OwnSamples(noise) : noise, new Progress<StageProgress>(), Token);

        Assert.True(measured.Succeeded, string.Join('\n', measured.Diagnostics));
        Assert.Equal(branches && real, measured.Value.Latency!.OnSamples);
        Assert.Equal((branches && real, !(branches && real)), (many.Readings > 0, one.Readings > 0));
    }

    private sealed class CountingClock : TimeProvider
    {
        public int Readings { get; private set; }

        public override long GetTimestamp()
        {
            Readings++;
            return base.GetTimestamp();
        }
    }

    private sealed class OwnSamples(SampleSet samples) : SampleSet
    {
        public override int Count => samples.Count;

        public override ImmutableArray<ImmutableArray<int>> Shapes => samples.Shapes;

        public override bool HasLabels => samples.HasLabels;

        public override Batch Read(ReadOnlySpan<int> indices) => samples.Read(indices);
    }
}
