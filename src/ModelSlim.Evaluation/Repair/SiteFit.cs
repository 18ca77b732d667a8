using System.Collections.Immutable;

namespace ModelSlim.Evaluation.Repair;

/// <summary>
/// Fits one layer of the slim model, in the richest form its size allows: every weight; else one mixing matrix for its input
/// channels, the same at every kernel place; else the intercept alone.
/// </summary>
internal sealed class SiteFit
{
    private const int LargestFit = 1200;
    private const int RowsPerColumn = 40;
    private const int LeastRows = 8192;
    private const int MostRows = 40_000;
    private const int JudgedRows = 4096;

    private readonly ProductKernel kernel;
    private readonly LayerFit fit;
    private readonly long seed;

    /// <summary>Makes a fit.</summary>
    /// <param name="kernel">Multiplies.</param>
    /// <param name="seed">Seed of the choice of places.</param>
    public SiteFit(ProductKernel kernel, long seed)
    {
        this.kernel = kernel;
        this.seed = seed;
        fit = new LayerFit(kernel);
    }

    /// <summary>Fits a layer.</summary>
    /// <param name="task">The layer and its surroundings.</param>
    public SiteChange Fit(SiteTask task)
    {
        var columns = task.Site.Columns(task.Weight.Shape);
        if (columns <= LargestFit)
        {
            return FitWeights(task, columns);
        }

        var mixes = task.Site is { Kind: FitKind.Convolution, Groups: 1 } && task.OriginalWeight.Shape[1] <= LargestFit;
        return FitIntercept(task, columns, mixes ? Mixed(task, columns) : task.Weight.ToSingles());
    }

    private SiteChange FitWeights(SiteTask task, int columns)
    {
        var samples = Samples(task, Math.Clamp(RowsPerColumn * columns, LeastRows, MostRows));
        var values = task.Weight.ToSingles();
        var change = new SiteChange(values, new double[task.Site.Channels], 0, 0);
        for (var group = 0; group < task.Site.Groups; group++)
        {
            var problem = Problem(task, samples, group, columns, values);
            var solution = fit.Solve(problem);
            var first = group * task.Site.ChannelsPerGroup;
            for (var k = 0; k < columns; k++)
            {
                for (var o = 0; o < problem.Outputs; o++)
                {
                    values[task.Site.Place(first + o, k, columns)] = (float)solution.Weights[(k * problem.Outputs) + o];
                }
            }

            solution.Intercept.CopyTo(change.Intercept, first);
            change = change with { ErrorBefore = change.ErrorBefore + solution.ErrorBefore, ErrorAfter = change.ErrorAfter + solution.ErrorAfter };
        }

        return change;
    }

    // M [C slim, C original] says what the original's input channels would be, so W' = W M at every kernel place.
    private float[] Mixed(SiteTask task, int columns)
    {
        var samples = Samples(task, Math.Clamp(RowsPerColumn * task.Weight.Shape[1], LeastRows, MostRows));
        var read = samples.Channels(task.Slim);
        var wanted = samples.Channels(task.Original);
        var pick = new double[read.Columns * wanted.Columns];
        for (var i = 0; i < read.Columns; i++)
        {
            pick[(i * wanted.Columns) + task.KeptInputs[i]] = 1;
        }

        var mixing = fit.Solve(new LayerProblem
        {
            Features = read,
            Goal = wanted,
            Scale = [.. Enumerable.Repeat(1.0, wanted.Columns)],
            Shift = new double[wanted.Columns],
            Activation = Bounds.None,
            Weights = pick,
            HasIntercept = true,
            FittedRows = samples.CountBefore(task.FittedChunks),
        });
        var original = task.OriginalWeight.ToSingles();
        var taps = columns / read.Columns;
        var mixed = new float[task.Site.Channels * columns];
        var sums = new double[taps];
        for (var o = 0; o < task.Site.Channels; o++)
        {
            for (var k = 0; k < read.Columns; k++)
            {
                Array.Clear(sums);
                for (var c = 0; c < wanted.Columns; c++)
                {
                    var from = ((task.KeptOutputs[o] * wanted.Columns) + c) * taps;
                    for (var tap = 0; tap < taps; tap++)
                    {
                        sums[tap] += original[from + tap] * mixing.Weights[(k * wanted.Columns) + c];
                    }
                }

                for (var tap = 0; tap < taps; tap++)
                {
                    mixed[(o * columns) + (k * taps) + tap] = (float)sums[tap];
                }
            }
        }

        return mixed;
    }

    // The better of the weights as they are and the candidate, each with the intercept that makes the mean right.
    private SiteChange FitIntercept(SiteTask task, int columns, float[] candidate)
    {
        var samples = Samples(task, JudgedRows);
        var best = new SiteChange(task.Weight.ToSingles(), new double[task.Site.Channels], 0, 0);
        for (var group = 0; group < task.Site.Groups; group++)
        {
            var problem = Problem(task, samples, group, columns, best.Weights);
            var judge = new LayerJudge(kernel, problem);
            var before = judge.HeldBackError(Affine.Of(problem.Weights, columns, problem.Outputs));
            best = best with { ErrorBefore = best.ErrorBefore + before, ErrorAfter = best.ErrorAfter + before };
        }

        foreach (var weights in new[] { best.Weights, candidate })
        {
            var trial = new SiteChange(weights, new double[task.Site.Channels], best.ErrorBefore, 0);
            for (var group = 0; group < task.Site.Groups; group++)
            {
                var problem = Problem(task, samples, group, columns, weights);
                var judge = new LayerJudge(kernel, problem);
                var layer = Centred(problem, judge, Affine.Of(problem.Weights, columns, problem.Outputs));
                layer.Intercept.CopyTo(trial.Intercept, group * task.Site.ChannelsPerGroup);
                trial = trial with { ErrorAfter = trial.ErrorAfter + judge.HeldBackError(layer) };
            }

            best = trial.ErrorAfter < best.ErrorAfter ? trial : best;
        }

        return best;
    }

    private static Affine Centred(LayerProblem problem, LayerJudge judge, Affine layer)
    {
        var missing = new double[problem.Outputs];
        if (problem.HasIntercept && problem.FittedRows > 0)
        {
            judge.Visit(layer, 0, problem.FittedRows, (row, reached) =>
            {
                for (var o = 0; o < missing.Length; o++)
                {
                    missing[o] += (problem.Goal[row][o] - reached[o]) / problem.Scale[o] / problem.FittedRows;
                }
            });
        }

        return layer with { Intercept = missing };
    }

    private SiteSamples Samples(SiteTask task, int rows) =>
        new(task.Site, task.Slim, task.Original.Value(0, task.Site.Goal).Shape, task.Weight.Shape, rows, seed);

    private static LayerProblem Problem(SiteTask task, SiteSamples samples, int group, int columns, float[] weights)
    {
        var site = task.Site;
        var outputs = site.ChannelsPerGroup;
        var first = group * outputs;
        var start = new double[columns * outputs];
        for (var k = 0; k < columns; k++)
        {
            for (var o = 0; o < outputs; o++)
            {
                start[(k * outputs) + o] = weights[site.Place(first + o, k, columns)];
            }
        }

        ImmutableArray<int> own = [.. Enumerable.Range(first, outputs)];
        return new LayerProblem
        {
            Features = samples.Features(task.Slim, group),
            Goal = samples.Values(task.Original, site.Goal, [.. own.Select(channel => task.KeptOutputs[channel])]),
            Beside = site.Beside is null ? null : samples.Values(task.Slim, site.Beside, own),
            Scale = site.Scale[first..(first + outputs)],
            Shift = site.Shift[first..(first + outputs)],
            Activation = site.Activation,
            Weights = start,
            HasIntercept = site.Intercept is not null,
            FittedRows = samples.CountBefore(task.FittedChunks),
        };
    }
}
