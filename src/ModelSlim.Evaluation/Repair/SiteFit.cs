namespace ModelSlim.Evaluation.Repair;

/// <summary>
/// Fits one layer of the slim model, in the richest form its size allows: every weight; else one mixing matrix for its input
/// channels, the same at every kernel place; else the intercept alone.
/// </summary>
internal sealed class SiteFit
{
    private const int LargestFit = 2048;
    private const int RowsPerColumn = 40;
    private const int LeastRows = 8192;
    private const int MostRows = 40_000;
    private const int JudgedRows = 4096;

    // Above this a convolution is mixed by channel, and others get fewer rows, so that summing them up takes no longer.
    private const int WideFit = 1200;

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
        if (task.Layout.Columns <= WideFit)
        {
            return FitWeights(task);
        }

        if (task is { KeepsZeros: false, Layout: ConvolutionLayout { Groups: 1 } slim, OriginalLayout: ConvolutionLayout { Groups: 1, InputChannels: <= WideFit } original })
        {
            return FitIntercept(task, Mixed(task, slim, original));
        }

        return task.Layout.Columns <= LargestFit && !task.KeepsZeros ? FitWeights(task) : FitIntercept(task, task.Weight.ToSingles());
    }

    private static int RowsFor(int columns)
    {
        var most = columns <= WideFit ? MostRows : (int)((long)MostRows * WideFit * WideFit / ((long)columns * columns));
        return Math.Clamp(RowsPerColumn * columns, LeastRows, most);
    }

    private SiteChange FitWeights(SiteTask task)
    {
        var layout = task.Layout;
        var samples = new SiteSamples(task, RowsFor(layout.Columns), seed);
        var values = task.Weight.ToSingles();
        var change = new SiteChange(values, new double[layout.Channels], 0, 0);
        for (var group = 0; group < layout.Groups; group++)
        {
            var problem = Problem(task, samples, group, values);
            var solution = fit.Solve(problem);
            for (var k = 0; k < layout.Columns; k++)
            {
                for (var o = 0; o < problem.Outputs; o++)
                {
                    values[layout.WeightPlace(group, k, o)] = (float)solution.Weights[(k * problem.Outputs) + o];
                }
            }

            solution.Intercept.CopyTo(change.Intercept, group * layout.Outputs);
            change = change with { ErrorBefore = change.ErrorBefore + solution.ErrorBefore, ErrorAfter = change.ErrorAfter + solution.ErrorAfter };
        }

        return change;
    }

    // M [C slim, C original] says what the original's input channels would be, so W' = W M at every kernel place.
    private float[] Mixed(SiteTask task, ConvolutionLayout slim, ConvolutionLayout original)
    {
        var samples = new SiteSamples(task, RowsFor(original.InputChannels), seed);
        var read = samples.Middles(task.Slim, slim);
        var wanted = samples.Middles(task.Original, original);
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
        var weights = task.OriginalWeight.ToSingles();
        var outputs = OriginalChannels(task);
        var mixed = new float[slim.Channels * slim.Columns];
        var sums = new double[slim.Taps];
        var filter = new double[original.Columns];
        for (var o = 0; o < slim.Channels; o++)
        {
            for (var column = 0; column < filter.Length; column++)
            {
                filter[column] = weights[original.WeightPlace(0, column, outputs[o])];
            }

            for (var k = 0; k < read.Columns; k++)
            {
                Array.Clear(sums);
                for (var c = 0; c < wanted.Columns; c++)
                {
                    var factor = mixing.Weights[(k * wanted.Columns) + c];
                    for (var tap = 0; tap < sums.Length; tap++)
                    {
                        sums[tap] += filter[(c * sums.Length) + tap] * factor;
                    }
                }

                for (var tap = 0; tap < sums.Length; tap++)
                {
                    mixed[slim.WeightPlace(0, (k * sums.Length) + tap, o)] = (float)sums[tap];
                }
            }
        }

        return mixed;
    }

    // The better of the weights as they are and the candidate, each with the intercept that makes the mean right.
    private SiteChange FitIntercept(SiteTask task, float[] candidate)
    {
        var layout = task.Layout;
        var samples = new SiteSamples(task, JudgedRows, seed);
        var best = new SiteChange(task.Weight.ToSingles(), new double[layout.Channels], 0, 0);
        for (var group = 0; group < layout.Groups; group++)
        {
            var problem = Problem(task, samples, group, best.Weights);
            var judge = new LayerJudge(kernel, problem);
            var before = judge.HeldBackError(Affine.Of(problem.Weights, layout.Columns, problem.Outputs));
            best = best with { ErrorBefore = best.ErrorBefore + before, ErrorAfter = best.ErrorAfter + before };
        }

        foreach (var weights in new[] { best.Weights, candidate })
        {
            var trial = new SiteChange(weights, new double[layout.Channels], best.ErrorBefore, 0);
            for (var group = 0; group < layout.Groups; group++)
            {
                var problem = Problem(task, samples, group, weights);
                var judge = new LayerJudge(kernel, problem);
                var layer = Centred(problem, judge, Affine.Of(problem.Weights, layout.Columns, problem.Outputs));
                layer.Intercept.CopyTo(trial.Intercept, group * layout.Outputs);
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

    private LayerProblem Problem(SiteTask task, SiteSamples samples, int group, float[] weights)
    {
        var (site, layout) = (task.Site, task.Layout);
        var own = (group * layout.Outputs)..((group + 1) * layout.Outputs);
        return new LayerProblem
        {
            Features = samples.Features(group),
            Goal = site.Goal is null ? Inside(task, samples) : samples.Goal(group),
            Beside = site.Beside is null ? null : samples.Beside(group),
            Scale = site.Scale[own],
            Shift = site.Shift[own],
            Activation = site.Activation,
            Weights = Weights(layout, group, weights, [.. Enumerable.Range(0, layout.Outputs)]),
            KeepsZeros = task.KeepsZeros,
            HasIntercept = site.Intercept is not null,
            FittedRows = samples.CountBefore(task.FittedChunks),
        };
    }

    // What the original's weight makes of the original's input, for the channels that are left.
    private Rows Inside(SiteTask task, SiteSamples samples)
    {
        var original = task.OriginalLayout!;
        var channels = OriginalChannels(task);
        var weights = Weights(original, 0, task.OriginalWeight.ToSingles(), channels);
        return new LinearResponse(kernel).Of(samples.OriginalFeatures(), Affine.Of(weights, original.Columns, channels.Length));
    }

    private static int[] OriginalChannels(SiteTask task)
    {
        var channels = Enumerable.Range(0, task.OriginalLayout!.Channels).ToDictionary(task.OriginalLayout.ChannelPlace);
        return [.. Enumerable.Range(0, task.Layout.Channels).Select(channel => channels[task.GoalPlaces.Channel(task.Layout.ChannelPlace(channel))])];
    }

    // [K, M], row-major.
    private static double[] Weights(LayerLayout layout, int group, float[] stored, int[] outputs)
    {
        var weights = new double[layout.Columns * outputs.Length];
        for (var k = 0; k < layout.Columns; k++)
        {
            for (var o = 0; o < outputs.Length; o++)
            {
                weights[(k * outputs.Length) + o] = stored[layout.WeightPlace(group, k, outputs[o])];
            }
        }

        return weights;
    }
}
