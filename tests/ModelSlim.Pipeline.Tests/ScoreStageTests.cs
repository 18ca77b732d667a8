using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Importance;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Recipes;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Testing;
using ModelSlim.Training.Worker;

namespace ModelSlim.Pipeline.Tests;

/// <summary>Which criterion scores, and what scores where it cannot.</summary>
public sealed class ScoreStageTests
{
    private static readonly DataSource Some = new(DataKind.Idx, ["images"], null, null);

    [Theory]
    [InlineData(false, false, Criterion.Magnitude)]
    [InlineData(true, false, Criterion.Reconstruction)]
    [InlineData(false, true, Criterion.Reconstruction)]
    public void AutoGoesByTheDataThereAre(bool calibration, bool train, Criterion expected) => Assert.Equal(expected, ScoreStage.Chosen(
        new Recipe
        {
            Target = new TargetSpec(),
            Data = new DataSpec { Calibration = calibration ? Some : null, Train = train ? Some : null },
        }));

    [Fact]
    public void WithoutSamplesNoiseScores()
    {
        var (analysis, scores) = Score(SmallNets.Residual(), Criterion.Reconstruction);

        Assert.True(scores.Succeeded, string.Join('\n', scores.Diagnostics));
        Assert.Empty(scores.Diagnostics);
        Assert.True(scores.Value.AreComparable);
        Assert.NotEqual(Magnitudes(analysis)[0], scores.Value.ByGroup[analysis.Dependencies.Groups[0].Id]);
    }

    [Theory]
    [InlineData(Criterion.Wanda, 1)]
    [InlineData(Criterion.Auto, 0)]
    public void WhereNoNoiseCanBeMadeMagnitudeScoresAndThatIsSaidToWhoAskedForMore(Criterion criterion, int warnings)
    {
        var (analysis, scores) = Score(SmallNets.OfIntegers(), criterion);

        Assert.True(scores.Succeeded, string.Join('\n', scores.Diagnostics));
        Assert.Equal(Enumerable.Repeat(DiagnosticCodes.ScoredByMagnitude, warnings), scores.Diagnostics.Select(said => said.Descriptor));
        Assert.Equal(Magnitudes(analysis)[0], scores.Value.ByGroup[analysis.Dependencies.Groups[0].Id]);
    }

    // Width 4 of the heads meets only another computed value, never a stored weight.
    [Fact]
    public void GroupsThatNoStoredWeightReadsAreScoredToo()
    {
        var (analysis, scores) = Score(AttentionNets.Make("encoder"), Criterion.Reconstruction);

        Assert.True(scores.Succeeded, string.Join('\n', scores.Diagnostics));
        foreach (var group in analysis.Dependencies.Groups)
        {
            Assert.Equal(group.Channels, scores.Value.ByGroup[group.Id].Length);
            Assert.All(scores.Value.ByGroup[group.Id], score => Assert.True(double.IsFinite(score) && score >= 0));
        }
    }

    private static (ModelAnalysis Analysis, Result<ImportanceScores> Scores) Score(OnnxModel model, Criterion criterion)
    {
        var catalog = OperatorCatalog.Standard;
        var sessions = new SessionFactory();
        var recipe = new Recipe
        {
            Target = new TargetSpec(),
            Prune = new PruneSpec { Criterion = criterion },
            Data = new DataSpec { Calibration = Some },
        };
        var cancellation = TestContext.Current.CancellationToken;
        var analysis = new AnalysisStage(sessions, catalog).Run(model, recipe, cancellation);
        Assert.True(analysis.Succeeded, string.Join('\n', analysis.Diagnostics));
        return (analysis.Value, new ScoreStage(sessions, catalog, new ScoreWorker(), 2).Run(analysis.Value, null, recipe, new TorchSource(), null, cancellation));
    }

    private static ImmutableArray<double>[] Magnitudes(ModelAnalysis analysis)
    {
        var scores = new MagnitudeCriterion().Score(analysis.Index, analysis.Dependencies);
        return [.. analysis.Dependencies.Groups.Select(group => scores.ByGroup[group.Id])];
    }
}
