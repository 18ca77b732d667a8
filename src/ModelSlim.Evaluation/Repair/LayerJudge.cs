namespace ModelSlim.Evaluation.Repair;

/// <summary>Says what weights do to the goal of a layer.</summary>
internal sealed class LayerJudge
{
    private readonly ProductKernel kernel;
    private readonly LayerProblem problem;

    /// <summary>Makes a judge.</summary>
    public LayerJudge(ProductKernel kernel, LayerProblem problem)
    {
        this.kernel = kernel;
        this.problem = problem;
    }

    /// <summary>Uses what reaches the goal of one row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="reached">[M], before the activation.</param>
    public delegate void UseRow(int row, ReadOnlySpan<double> reached);

    /// <summary>Squared error after the activation, summed over the rows held back.</summary>
    public double HeldBackError(Affine layer)
    {
        var sum = 0.0;
        Visit(layer, problem.FittedRows, problem.Features.Count, (row, reached) =>
        {
            var goal = problem.Goal[row];
            for (var o = 0; o < goal.Length; o++)
            {
                var difference = problem.Activation.Apply(reached[o]) - problem.Activation.Apply(goal[o]);
                sum += difference * difference;
            }
        });
        return sum;
    }

    /// <summary>Squared goal after the activation, summed over the rows held back.</summary>
    public double HeldBackEnergy()
    {
        var sum = 0.0;
        for (var row = problem.FittedRows; row < problem.Goal.Count; row++)
        {
            foreach (var goal in problem.Goal[row])
            {
                var value = problem.Activation.Apply(goal);
                sum += value * value;
            }
        }

        return sum;
    }

    /// <summary>Runs the layer on some rows.</summary>
    public void Visit(Affine layer, int from, int to, UseRow use)
    {
        var width = ProductKernel.Padded(problem.Features.Columns);
        var stride = ProductKernel.Padded(problem.Outputs);
        var block = new double[width * RowBlocks.Size];
        var result = new double[RowBlocks.Size * stride];
        var reached = new double[problem.Outputs];
        for (var first = from; first < to; first += RowBlocks.Size)
        {
            var count = RowBlocks.LoadTransposed(problem.Features, first, to, block);
            Array.Clear(result);
            kernel.Accumulate(block, RowBlocks.Size, layer.Weights, stride, width, result, upperOnly: false);
            for (var i = 0; i < count; i++)
            {
                for (var o = 0; o < reached.Length; o++)
                {
                    reached[o] = (problem.Scale[o] * (result[(i * stride) + o] + layer.Intercept[o])) + problem.Rest(first + i, o);
                }

                use(first + i, reached);
            }
        }
    }
}
