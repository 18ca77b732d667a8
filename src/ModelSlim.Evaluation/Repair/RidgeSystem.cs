using MathNet.Numerics.Providers.LinearAlgebra;

namespace ModelSlim.Evaluation.Repair;

/// <summary>
/// Ridge regression on fixed features X [R, K] towards weights W0 [K, M]: the W and c that minimise
/// |X W + c - T|^2 + lambda |W - W0|^2, for any targets T [R, M] and any lambda, from one pass over X^T X.
/// </summary>
internal sealed class RidgeSystem
{
    private const double Rounding = 1e-12;

    private readonly ProductKernel kernel;
    private readonly ManagedLinearAlgebraProvider algebra = new();
    private readonly Rows features;
    private readonly int rows;
    private readonly bool centred;
    private readonly bool keepsZeros;
    private readonly double[] start;
    private readonly int width;
    private readonly int outputs;
    private readonly double[] gram;
    private readonly double[] sums;
    private readonly double[] startProduct;

    /// <summary>Sums up the features.</summary>
    /// <param name="kernel">Multiplies.</param>
    /// <param name="features">X.</param>
    /// <param name="rows">How many of its rows count, from the front.</param>
    /// <param name="centred">True to solve for c too; else c is 0.</param>
    /// <param name="start">W0, padded: [K rounded up, M rounded up].</param>
    /// <param name="outputs">M.</param>
    /// <param name="keepsZeros">True to leave at 0 what is 0 in W0, so that every output has its own columns.</param>
    public RidgeSystem(ProductKernel kernel, Rows features, int rows, bool centred, double[] start, int outputs, bool keepsZeros = false)
    {
        this.keepsZeros = keepsZeros;
        this.kernel = kernel;
        this.features = features;
        this.rows = rows;
        this.centred = centred;
        this.start = start;
        this.outputs = outputs;
        var moments = new SecondMoments(kernel, features, rows);
        (width, gram, sums) = (moments.Width, moments.Products, moments.Sums);
        startProduct = new double[width * Stride];
        kernel.Accumulate(gram, width, start, Stride, width, startProduct, upperOnly: false);
    }

    private int Stride => ProductKernel.Padded(outputs);

    /// <summary>Factorises X^T X + lambda.</summary>
    /// <param name="ridge">lambda as a factor on the mean of the diagonal of X^T X.</param>
    /// <returns>The Cholesky factor, or the sum itself where zeros stay; null where the features are all constant but for rounding, or too large to be summed.</returns>
    public double[]? Factor(double ridge)
    {
        var k = features.Columns;
        var factor = new double[k * k];
        double trace = 0, energy = 0;
        for (var i = 0; i < k; i++)
        {
            energy += gram[(i * width) + i];
            for (var j = 0; j < k; j++)
            {
                factor[(i * k) + j] = gram[(i * width) + j] - (centred ? sums[i] * sums[j] / rows : 0);
            }

            trace += factor[(i * k) + i];
        }

        // What is left of nearly constant features after the mean is taken away is rounding.
        if (!(trace > Rounding * energy) || !double.IsFinite(trace))
        {
            return null;
        }

        for (var i = 0; i < k; i++)
        {
            factor[(i * k) + i] += ridge * trace / k;
        }

        if (keepsZeros)
        {
            return factor;
        }

        try
        {
            algebra.CholeskyFactor(factor, k);
        }
        catch (ArgumentException)
        {
            // Not positive definite: rounding, or numbers too large, ate the ridge.
            return null;
        }

        return factor;
    }

    /// <summary>X^T (T - X W0), centred, one column an output; and the sums of T.</summary>
    /// <param name="targets">T [R, M], row-major.</param>
    public (double[] Right, double[] Sums) Towards(float[] targets)
    {
        var product = new double[width * Stride];
        var targetSums = new double[outputs];
        var x = new double[RowBlocks.Size * width];
        var t = new double[RowBlocks.Size * Stride];
        for (var first = 0; first < rows; first += RowBlocks.Size)
        {
            var count = RowBlocks.Load(features, first, rows, x, width);
            for (var i = 0; i < count; i++)
            {
                for (var o = 0; o < outputs; o++)
                {
                    double target = targets[((first + i) * outputs) + o];
                    t[(i * Stride) + o] = target;
                    targetSums[o] += target;
                }
            }

            kernel.Accumulate(x, width, t, Stride, count, product, upperOnly: false);
        }

        var startSums = SumsOf(start);
        var k = features.Columns;
        var right = new double[k * outputs];
        for (var o = 0; o < outputs; o++)
        {
            for (var i = 0; i < k; i++)
            {
                var centre = centred ? sums[i] * (targetSums[o] - startSums[o]) / rows : 0;
                right[(o * k) + i] = product[(i * Stride) + o] - startProduct[(i * Stride) + o] - centre;
            }
        }

        return (right, targetSums);
    }

    /// <summary>W0 with the c that makes the mean right: what an endless ridge gives.</summary>
    public Affine Centre((double[] Right, double[] Sums) targets) => WithIntercept(start, targets.Sums);

    /// <summary>Solves with a factor of <see cref="Factor"/> and the result of <see cref="Towards"/>.</summary>
    public Affine Solve(double[] factor, (double[] Right, double[] Sums) targets)
    {
        var k = features.Columns;
        var change = (double[])targets.Right.Clone();
        if (keepsZeros)
        {
            SolveApart(factor, change);
        }
        else
        {
            algebra.CholeskySolveFactored(factor, k, change, outputs);
        }

        var weights = (double[])start.Clone();
        for (var o = 0; o < outputs; o++)
        {
            for (var i = 0; i < k; i++)
            {
                weights[(i * Stride) + o] += change[(o * k) + i];
            }
        }

        return WithIntercept(weights, targets.Sums);
    }

    // Each output with the columns that it has.
    private void SolveApart(double[] sum, double[] right)
    {
        var k = features.Columns;
        for (var o = 0; o < outputs; o++)
        {
            int[] own = [.. Enumerable.Range(0, k).Where(i => start[(i * Stride) + o] != 0)];
            var part = new double[own.Length * own.Length];
            var solved = new double[own.Length];
            for (var i = 0; i < own.Length; i++)
            {
                solved[i] = right[(o * k) + own[i]];
                for (var j = 0; j < own.Length; j++)
                {
                    part[(i * own.Length) + j] = sum[(own[i] * k) + own[j]];
                }
            }

            Array.Clear(right, o * k, k);
            try
            {
                if (own.Length > 0)
                {
                    algebra.CholeskySolve(part, own.Length, solved, 1);
                }
            }
            catch (ArgumentException)
            {
                // Not positive definite: this output stays as it is.
                continue;
            }

            for (var i = 0; i < own.Length; i++)
            {
                right[(o * k) + own[i]] = solved[i];
            }
        }
    }

    private Affine WithIntercept(double[] weights, double[] targetSums)
    {
        var reached = SumsOf(weights);
        var intercept = new double[outputs];
        for (var o = 0; centred && o < outputs; o++)
        {
            intercept[o] = (targetSums[o] - reached[o]) / rows;
        }

        return new Affine(weights, intercept);
    }

    // What X W sums up to over the rows.
    private double[] SumsOf(double[] weights)
    {
        var result = new double[outputs];
        for (var i = 0; i < features.Columns; i++)
        {
            for (var o = 0; o < outputs; o++)
            {
                result[o] += sums[i] * weights[(i * Stride) + o];
            }
        }

        return result;
    }
}
