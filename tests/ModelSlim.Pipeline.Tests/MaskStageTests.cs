using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Exits;
using ModelSlim.Core.Masking;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Reports;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Testing;

namespace ModelSlim.Pipeline.Tests;

/// <summary>Which criterion scores single weights, and what scores where it cannot.</summary>
public sealed class MaskStageTests
{
    private static readonly DataSource Some = new(DataKind.Idx, ["images"], null, null);

    [Theory]
    [InlineData(false, Criterion.Auto, Criterion.Lamp)]
    [InlineData(true, Criterion.Auto, Criterion.Reconstruction)]
    [InlineData(true, Criterion.Magnitude, Criterion.Magnitude)]
    [InlineData(false, Criterion.Wanda, Criterion.Wanda)]
    public void Auto_goes_by_the_data_there_are(bool data, Criterion asked, Criterion expected) =>
        Assert.Equal(expected, MaskStage.Chosen(Recipe(asked) with { Data = new DataSpec { Calibration = data ? Some : null } }));

    [Theory]
    [InlineData(Criterion.Auto, 0)]
    [InlineData(Criterion.Reconstruction, 1)]
    public void Where_no_samples_can_be_made_weights_alone_decide_and_who_asked_for_more_is_told(Criterion criterion, int warnings)
    {
        var (masked, lamp) = (Mask(SmallNets.OfIntegers(), Recipe(criterion)), Mask(SmallNets.OfIntegers(), Recipe(Criterion.Lamp)));

        Assert.Equal(Enumerable.Repeat(DiagnosticCodes.ScoredByMagnitude, warnings), masked.Diagnostics.Select(said => said.Descriptor));
        Assert.Equal(Digest(lamp), Digest(masked));
    }

    [Fact]
    public void Noise_scores_where_there_are_no_samples()
    {
        var masked = Mask(SmallNets.Residual(), Recipe(Criterion.Reconstruction));

        Assert.Empty(masked.Diagnostics);
        Assert.NotEqual(Digest(Mask(SmallNets.Residual(), Recipe(Criterion.Lamp))), Digest(masked));
    }

    [Fact]
    public void A_target_out_of_reach_is_no_reason_to_score_otherwise() =>
        Assert.Equal(
            DiagnosticCodes.TargetUnreachable,
            Assert.Single(Mask(SmallNets.Residual(), Recipe(Criterion.Wanda) with { Target = new TargetSpec { Sparsity = new SparsityTarget(0.999) } }).Diagnostics).Descriptor);

    [Theory]
    [InlineData(Criterion.Magnitude)]
    [InlineData(Criterion.Reconstruction)]
    public void Where_the_recipe_keeps_all_weights_it_is_shown_where_it_does(Criterion criterion)
    {
        var place = new SourceSpan("prune.yaml", 4, 12);
        var recipe = Recipe(criterion) with { Prune = new PruneSpec { Criterion = criterion, Ignore = [new IgnorePattern("*", place)] } };

        var said = Assert.Single(Mask(SmallNets.Residual(), recipe).Diagnostics);

        Assert.Equal((DiagnosticCodes.TargetUnreachable, place), (said.Descriptor, said.Location));
        Assert.Contains("prune.ignore", said.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Criterion.Magnitude)]
    [InlineData(Criterion.Reconstruction)]
    public void The_share_of_all_weights_is_told_where_the_recipe_keeps_some(Criterion criterion)
    {
        var model = SmallNets.Residual();
        var kept = model.Graph.Nodes.First(node => node.OpType == "Conv").Inputs[1];
        SparsityReport Report(params string[] ignored) =>
            Mask(model, Recipe(criterion) with { Prune = new PruneSpec { Criterion = criterion, Ignore = [.. ignored.Select(name => new IgnorePattern(name, null))] } }).Value is { } made
                ? ZeroCensus.Report(made.Masked!, made.Cut.Cut.Model)
                : throw new InvalidOperationException("Nothing was masked.");
        var (all, some) = (Report(), Report(kept));

        Assert.Null(all.WithIgnored);
        Assert.Equal((all.Weights - model.Graph.Initializers[kept].Length, all.Weights), (some.Weights, some.WithIgnored!.Weights));
        Assert.Equal(some.Zeros, some.WithIgnored.Zeros);
        Assert.Equal(0.5, (double)some.Zeros / some.Weights, 3);
    }

    [Theory]
    [InlineData(Criterion.Magnitude)]
    [InlineData(Criterion.Wanda)]
    public void A_target_that_no_layer_can_meet_is_shown_in_the_recipe(Criterion criterion)
    {
        var place = new SourceSpan("prune.yaml", 2, 1);
        var recipe = Recipe(criterion) with { Target = new TargetSpec { Sparsity = new SparsityTarget(3, 7), Location = place } };

        var said = Assert.Single(Mask(SmallNets.Residual(), recipe).Diagnostics);

        Assert.Equal((DiagnosticCodes.TargetUnreachable, place), (said.Descriptor, said.Location));
    }

    // A branch has most of the weights of a model that samples may leave, and the last layer of it.
    [Theory]
    [InlineData(Criterion.Magnitude, 6, true)]
    [InlineData(Criterion.Reconstruction, 6, true)]
    [InlineData(Criterion.Magnitude, 8, false)]
    public void A_pattern_that_fits_few_layers_is_told(Criterion criterion, int channels, bool told)
    {
        // Two layers of 8 inputs, and one of so many.
        var builder = new ModelBuilder();
        var x = builder.Relu(builder.Gemm(builder.Relu(builder.Gemm(builder.Input("x", 1, 8), 8)), channels));
        builder.Output(builder.Gemm(x, 40));
        var place = new SourceSpan("prune.yaml", 3, 9);

        var masked = Mask(builder.Build(), Recipe(criterion) with { Target = new TargetSpec { Sparsity = new SparsityTarget(2, 4), Location = place } });

        Assert.Equal(told ? [(DiagnosticCodes.PatternFitsFew, place)] : [], masked.Diagnostics.Select(said => (said.Descriptor, said.Location)));
        Assert.Equal(told, masked.Diagnostics.Any(said => said.Message.StartsWith("target.sparsity 2:4 fits layers with 31.8% of the weights, so that 15.9% of all are zero; ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(Criterion.Magnitude)]
    [InlineData(Criterion.Reconstruction)]
    public void Weights_in_branches_are_masked_and_counted_with_the_others(Criterion criterion)
    {
        var model = ExitNets.Late();
        var exited = Exited(model);
        var branches = exited.Graph.Nodes.SelectMany(node => node.Subgraphs).ToArray();
        Assert.Contains(branches, branch => branch.Initializers.Values.Any(tensor => tensor.Shape.Length == 4));

        var masked = Mask(exited, Recipe(criterion)).Value!;
        var graph = masked.Cut.Cut.Model.Graph;
        var inside = graph.Nodes.SelectMany(node => node.Subgraphs).SelectMany(branch => branch.Initializers).Where(entry => entry.Value.Shape.Length > 1).ToArray();
        var all = inside.Concat(graph.Initializers).Where(entry => entry.Value.Shape.Length > 1).Select(entry => entry.Value.ToSingles()).ToArray();
        var (weights, zeros) = new SparsityCount().Of(masked.Masked!, graph);

        Assert.Equal(branches.Sum(branch => branch.Initializers.Count), graph.Nodes.SelectMany(node => node.Subgraphs).Sum(branch => branch.Initializers.Count));
        Assert.Equal((all.Sum(values => (long)values.Length), all.Sum(values => (long)values.Count(value => value == 0))), (weights, zeros));
        Assert.Equal(0.5, (double)zeros / weights, 3);
        Assert.All(inside, entry => Assert.Contains(0f, entry.Value.ToSingles()));
        Assert.Null(new SparsityCount().Fault(masked.Masked!, graph));
        Assert.True(new AnalysisStage(new SessionFactory(), OperatorCatalog.Standard).Run(
            masked.Cut.Cut.Model, Recipe(criterion), TestContext.Current.CancellationToken).Succeeded);
    }

    private static OnnxModel Exited(OnnxModel model)
    {
        var analysis = new AnalysisStage(new SessionFactory(), OperatorCatalog.Standard).Run(model, Recipe(Criterion.Auto), TestContext.Current.CancellationToken).Value!;
        var place = new ExitPlaces(OperatorCatalog.Standard).Find(analysis.Index, analysis.Trace)[0];
        int[] shape = [6, place.Window.Features];
        var head = new ExitHead(
            TensorData.From([.. shape], [.. Enumerable.Range(1, shape[0] * shape[1]).Select(number => (float)number)]), TensorData.From([6], new float[6]));
        return analysis.Model.With(EarlyExitGraph.Of(analysis.Index, new EarlyExit(place, head, 0.5f, ScoreKind.Logits)));
    }

    private static Result<ShrunkModel> Mask(OnnxModel model, Recipe recipe)
    {
        var (catalog, sessions, cancellation) = (OperatorCatalog.Standard, new SessionFactory(), TestContext.Current.CancellationToken);
        var analysis = new AnalysisStage(sessions, catalog).Run(model, recipe, cancellation);
        Assert.True(analysis.Succeeded, string.Join('\n', analysis.Diagnostics));
        return new MaskStage(sessions, catalog, 2).Run(
            analysis.Value, false, null, recipe with { Data = new DataSpec { Calibration = Some } }, null, cancellation);
    }

    private static string Digest(Result<ShrunkModel> masked) => new OnnxWriter().Digest(masked.Value!.Cut.Cut.Model);

    private static Recipe Recipe(Criterion criterion) => new()
    {
        Method = Method.Unstructured,
        Target = new TargetSpec { Sparsity = new SparsityTarget(0.5) },
        Prune = new PruneSpec { Criterion = criterion },
    };
}
