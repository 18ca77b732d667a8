using MathNet.Numerics.Providers.LinearAlgebra;
using ModelSlim.Core.Exits;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Repair;

namespace ModelSlim.Evaluation.Exits;

/// <summary>
/// Fits the head of an exit on features, by softmax regression with a ridge towards probabilities that the teacher, or teacher and
/// labels, give. Every step solves with a bound of the Hessian that is the same for all steps (Böhning 1992, "Multinomial Logistic
/// Regression Algorithm"), with Nesterov's momentum; the number of steps is fixed, so that the same data give the same head.
/// </summary>
/// <param name="threads">Threads; they do not change the result.</param>
public sealed class HeadFitter(int threads)
{
    private const int MostSteps = 48;
    private const int FewestSteps = 12;
    private const double Work = 2e11;
    private const double Ridge = 1e-3;
    private const double LeastDeviation = 1e-6;

    private readonly ProductKernel kernel = new(threads);
    private readonly ManagedLinearAlgebraProvider algebra = new();

    /// <summary>Fits a head.</summary>
    /// <param name="features">X [R, K].</param>
    /// <param name="targets">For each row the probability of each class.</param>
    /// <returns>The head; null where the features say nothing.</returns>
    internal ExitHead? Fit(Rows features, IReadOnlyList<double[]> targets)
    {
        var (mean, scale) = Standard(features);
        var (rows, k, classes) = (features.Count, features.Columns, targets[0].Length);
        var (width, stride) = (ProductKernel.Padded(k + 1), ProductKernel.Padded(classes));
        var blocks = Blocks(features, mean, scale, width);
        if (Factor(blocks, width, k + 1, rows) is not { } factor)
        {
            return null;
        }

        var weights = new double[width * stride];
        var ahead = weights;
        var momentum = 1.0;
        var steps = (int)Math.Clamp(Work / ((double)rows * width * stride), FewestSteps, MostSteps);
        for (var step = 0; step < steps; step++)
        {
            var gradient = Gradient(blocks, targets, ahead, width, stride, classes, rows);
            var change = new double[(k + 1) * classes];
            for (var i = 0; i <= k; i++)
            {
                for (var c = 0; c < classes; c++)
                {
                    change[(c * (k + 1)) + i] = gradient[(i * stride) + c] + (i < k ? Ridge * ahead[(i * stride) + c] : 0);
                }
            }

            algebra.CholeskySolveFactored(factor, k + 1, change, classes);
            var next = (double[])ahead.Clone();
            for (var i = 0; i <= k; i++)
            {
                for (var c = 0; c < classes; c++)
                {
                    next[(i * stride) + c] -= change[(c * (k + 1)) + i];
                }
            }

            var faster = (1 + Math.Sqrt(1 + (4 * momentum * momentum))) / 2;
            var share = (momentum - 1) / faster;
            ahead = [.. next.Select((value, i) => value + (share * (value - weights[i])))];
            (weights, momentum) = (next, faster);
        }

        return Head(weights, mean, scale, stride, classes);
    }

    private static (double[] Mean, double[] Scale) Standard(Rows features)
    {
        var mean = new double[features.Columns];
        var square = new double[features.Columns];
        for (var row = 0; row < features.Count; row++)
        {
            var values = features[row];
            for (var i = 0; i < values.Length; i++)
            {
                mean[i] += values[i];
                square[i] += (double)values[i] * values[i];
            }
        }

        var scale = new double[mean.Length];
        for (var i = 0; i < mean.Length; i++)
        {
            mean[i] /= features.Count;
            var deviation = Math.Sqrt(Math.Max(0, (square[i] / features.Count) - (mean[i] * mean[i])));
            scale[i] = deviation > LeastDeviation * Math.Max(1, Math.Abs(mean[i])) ? 1 / deviation : 0;
        }

        return (mean, scale);
    }

    // Standardized features with a column of ones behind them, in blocks [rows, width].
    private static double[][] Blocks(Rows features, double[] mean, double[] scale, int width)
    {
        var blocks = new double[(features.Count + RowBlocks.Size - 1) / RowBlocks.Size][];
        for (var b = 0; b < blocks.Length; b++)
        {
            blocks[b] = new double[RowBlocks.Size * width];
            var count = RowBlocks.Load(features, b * RowBlocks.Size, features.Count, blocks[b], width);
            for (var row = 0; row < count; row++)
            {
                var values = blocks[b].AsSpan(row * width, width);
                for (var i = 0; i < mean.Length; i++)
                {
                    values[i] = (values[i] - mean[i]) * scale[i];
                }

                values[mean.Length] = 1;
            }
        }

        return blocks;
    }

    // Cholesky factor of half the second moments, plus the ridge: no Hessian of the loss is above it.
    private double[]? Factor(double[][] blocks, int width, int k, int rows)
    {
        var products = new double[width * width];
        foreach (var block in blocks)
        {
            kernel.Accumulate(block, width, block, width, RowBlocks.Size, products, upperOnly: true);
        }

        var bound = new double[k * k];
        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j < k; j++)
            {
                bound[(i * k) + j] = products[(Math.Min(i, j) * width) + Math.Max(i, j)] / (2.0 * rows);
            }

            bound[(i * k) + i] += Ridge;
        }

        try
        {
            algebra.CholeskyFactor(bound, k);
        }
        catch (ArgumentException)
        {
            // Not positive definite: features that are no numbers.
            return null;
        }

        return bound;
    }

    // X^T (softmax(X W) - T) / R.
    private double[] Gradient(
        double[][] blocks, IReadOnlyList<double[]> targets, double[] weights, int width, int stride, int classes, int rows)
    {
        var gradient = new double[width * stride];
        var transposed = new double[width * RowBlocks.Size];
        for (var b = 0; b < blocks.Length; b++)
        {
            var count = Math.Min(RowBlocks.Size, rows - (b * RowBlocks.Size));
            for (var row = 0; row < RowBlocks.Size; row++)
            {
                for (var i = 0; i < width; i++)
                {
                    transposed[(i * RowBlocks.Size) + row] = blocks[b][(row * width) + i];
                }
            }

            var scores = new double[RowBlocks.Size * stride];
            kernel.Accumulate(transposed, RowBlocks.Size, weights, stride, width, scores, upperOnly: false);
            for (var row = 0; row < count; row++)
            {
                var said = ClassScores.Softmax(scores[(row * stride)..((row * stride) + classes)]);
                var target = targets[(b * RowBlocks.Size) + row];
                for (var c = 0; c < classes; c++)
                {
                    scores[(row * stride) + c] = (said[c] - target[c]) / rows;
                }
            }

            kernel.Accumulate(blocks[b], width, scores, stride, count, gradient, upperOnly: false);
        }

        return gradient;
    }

    // The same on features as they are.
    private static ExitHead Head(double[] weights, double[] mean, double[] scale, int stride, int classes)
    {
        var k = mean.Length;
        var own = new float[classes * k];
        var bias = new float[classes];
        for (var c = 0; c < classes; c++)
        {
            var shift = weights[(k * stride) + c];
            for (var i = 0; i < k; i++)
            {
                var weight = weights[(i * stride) + c] * scale[i];
                own[(c * k) + i] = (float)weight;
                shift -= weight * mean[i];
            }

            bias[c] = (float)shift;
        }

        return new ExitHead(TensorData.From([classes, k], own), TensorData.From([classes], bias));
    }
}
