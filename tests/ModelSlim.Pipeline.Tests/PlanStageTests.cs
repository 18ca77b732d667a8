using ModelSlim.Core.Operators;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Testing;
using ModelSlim.Training.Worker;

namespace ModelSlim.Pipeline.Tests;

/// <summary>The criterion that a recipe chooses is the one that decides.</summary>
public sealed class PlanStageTests
{
    /// <summary>Two groups of four channels, all of one price, of which one channel goes.</summary>
    [Theory]
    [InlineData(Criterion.Magnitude, "1 1 1 3", "13 20 20 20", "one", 0)]
    [InlineData(Criterion.Lamp, "1 1 1 3", "13 20 20 20", "two", 0)]
    [InlineData(Criterion.Magnitude, "1 2 2 9", "5 5 5 5", "one", 0)]
    [InlineData(Criterion.GeometricMedian, "1 2 2 9", "5 5 5 5", "one", 1)]
    [InlineData(Criterion.BatchNormScale, "1 2 2 9", "5 5 5 5", "two", 2)]
    [InlineData(Criterion.Wanda, "9 2 2 1", "5 5 5 5", "one", 3)]
    public void TheLowestByTheChosenCriterionGoes(Criterion criterion, string one, string two, string group, int removed)
    {
        var builder = new ModelBuilder();
        var x = builder.Input("x", 1, 1, 1, 1);
        var second = builder.Conv(x, Stored(builder, "two", [4, 1, 1, 1], two), "");
        second = builder.BatchNormalization(
            second,
            Stored(builder, "scale", [4], "1 1 0.1 1"),
            Stored(builder, "shift", [4], "0 0 0 0"),
            Stored(builder, "mean", [4], "0 0 0 0"),
            Stored(builder, "variance", [4], "1 1 1 1"));
        var first = builder.Conv(x, Stored(builder, "one", [4, 1, 1, 1], one), "");
        builder.Output(builder.Add(
            builder.Conv(builder.Relu(first), Stored(builder, "one.read", [1, 4, 1, 1], one), ""),
            builder.Conv(builder.Relu(second), Stored(builder, "two.read", [1, 4, 1, 1], two), "")));
        var catalog = OperatorCatalog.Standard;
        var recipe = new Recipe
        {
            Target = new TargetSpec { Macs = 14.0 / 16 },
            Prune = new PruneSpec { Criterion = criterion, Scope = Scope.Global, RoundTo = 1 },
        };
        var analysis = new AnalysisStage(new SessionFactory(), catalog)
            .Run(builder.Build(), recipe, TestContext.Current.CancellationToken);
        Assert.True(analysis.Succeeded, string.Join('\n', analysis.Diagnostics));

        var plan = new ScoreStage(new SessionFactory(), catalog, new ScoreWorker(), 2).Run(analysis.Value, null, recipe, new TorchSource(), null, TestContext.Current.CancellationToken)
            .Then(scores => new PlanStage(catalog, new NoTimer()).Run(analysis.Value, scores, recipe, TestContext.Current.CancellationToken));

        Assert.True(plan.Succeeded, string.Join('\n', plan.Diagnostics));
        var cut = Assert.Single(plan.Value.Cuts);
        Assert.Equal(group, cut.Group);
        Assert.Equal([removed], cut.Removed);
    }

    private static string Stored(ModelBuilder builder, string name, int[] shape, string values) => builder.Initializer(
        name,
        TensorData.From(
            [.. shape], Array.ConvertAll(values.Split(' '), value => float.Parse(value, System.Globalization.CultureInfo.InvariantCulture))));
}
