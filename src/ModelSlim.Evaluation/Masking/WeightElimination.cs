using MathNet.Numerics.Providers.LinearAlgebra;

namespace ModelSlim.Evaluation.Masking;

/// <summary>
/// Lets weights of a layer go column by column, each time with the change of the columns behind it that makes up for it best
/// (Frantar, Alistarh 2023, "SparseGPT", algorithm 1: the second moments of what is read as Hessian, damped).
/// </summary>
internal sealed class WeightElimination
{
    /// <summary>Added to the diagonal of the second moments, as a factor on its mean.</summary>
    public const double Damping = 1e-2;

    private readonly int columns;
    private readonly int outputs;
    private readonly double[] weights;
    private readonly double[] factor;

    private WeightElimination(int columns, double[] weights, double[] factor)
    {
        this.columns = columns;
        this.weights = weights;
        this.factor = factor;
        outputs = weights.Length / columns;
    }

    /// <summary>The weights as they are, [K, M].</summary>
    public double[] Weights => weights;

    /// <summary>Starts with all weights.</summary>
    /// <param name="moments">Mean products [K, K] of the columns in the order in which they go; is changed.</param>
    /// <param name="weights">The weights [K, M] in that order; are changed.</param>
    /// <param name="columns">K.</param>
    /// <returns>Null where the columns are all constant, or too large to be summed.</returns>
    public static WeightElimination? Start(double[] moments, double[] weights, int columns)
    {
        var mean = 0.0;
        for (var i = 0; i < columns; i++)
        {
            mean += moments[(i * columns) + i] / columns;
        }

        if (!(mean > 0) || !double.IsFinite(mean))
        {
            return null;
        }

        var algebra = new ManagedLinearAlgebraProvider();
        var inverse = new double[columns * columns];
        for (var i = 0; i < columns; i++)
        {
            moments[(i * columns) + i] += Damping * mean;
            inverse[(i * columns) + i] = 1;
        }

        try
        {
            algebra.CholeskySolve(moments, columns, inverse, columns);
            algebra.CholeskyFactor(inverse, columns);
        }
        catch (ArgumentException)
        {
            // Not positive definite: rounding, or numbers too large, ate the damping.
            return null;
        }

        return new WeightElimination(columns, weights, inverse);
    }

    /// <summary>How much the mean squared error grows when a weight goes and the columns behind it make up for it.</summary>
    public double Error(int column, int output)
    {
        var weight = weights[(column * outputs) + output] / factor[(column * columns) + column];
        return weight * weight;
    }

    /// <summary>Lets weights of a column go; those before it have had their turn.</summary>
    /// <param name="column">The column.</param>
    /// <param name="go">For each output whether its weight goes.</param>
    public void Remove(int column, ReadOnlySpan<bool> go)
    {
        var errors = new double[outputs];
        var pivot = factor[(column * columns) + column];
        for (var o = 0; o < outputs; o++)
        {
            if (go[o])
            {
                errors[o] = weights[(column * outputs) + o] / pivot;
                weights[(column * outputs) + o] = 0;
            }
        }

        // The factor is stored by columns: its lower triangle lies one column after the other.
        for (var later = column + 1; later < columns; later++)
        {
            var share = factor[(column * columns) + later];
            for (var o = 0; o < outputs; o++)
            {
                weights[(later * outputs) + o] -= share * errors[o];
            }
        }
    }
}
