using MathNet.Numerics.Providers.LinearAlgebra;

namespace ModelSlim.Evaluation.Importance;

/// <summary>
/// Lets channels go one by one, each time the one without which the readers, their other weights solved anew, err the least
/// (Hassibi, Stork 1993, "Optimal Brain Surgeon", equation 5, on blocks of columns, with the second moments as Hessian).
/// </summary>
internal sealed class ChannelElimination
{
    /// <summary>Added to the diagonal of the second moments, as a factor on its mean.</summary>
    public const double Ridge = 1e-3;

    private readonly ManagedLinearAlgebraProvider algebra = new();
    private readonly Reader[] readers;
    private readonly int channels;

    /// <summary>Starts with all channels.</summary>
    /// <param name="moments">Of every reader of the group.</param>
    /// <param name="channels">Number of channels.</param>
    public ChannelElimination(IEnumerable<ReaderMoments> moments, int channels)
    {
        this.channels = channels;
        readers = [.. moments.Select(Start).OfType<Reader>()];
    }

    /// <summary>Lets all go.</summary>
    /// <returns>The channels in the order they go, and what each adds to the mean squared error.</returns>
    public (int[] Order, double[] Errors) Run(CancellationToken cancellation)
    {
        var order = new int[channels];
        var errors = new double[channels];
        var left = Enumerable.Range(0, channels).ToList();
        for (var step = 0; step < channels; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            var (best, least) = (0, double.PositiveInfinity);
            for (var i = 0; i < left.Count; i++)
            {
                var error = readers.Sum(reader => reader.Error(left[i]));
                if (error < least)
                {
                    (best, least) = (i, error);
                }
            }

            (order[step], errors[step]) = (left[best], double.IsFinite(least) ? Math.Max(0, least) : 0);
            foreach (var reader in readers)
            {
                reader.Remove(left[best]);
            }

            left.RemoveAt(best);
        }

        return (order, errors);
    }

    // Null where the columns are all constant.
    private Reader? Start(ReaderMoments moments)
    {
        var k = moments.Moments.Columns;
        var inverse = new double[k * k];
        var trace = 0.0;
        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j < k; j++)
            {
                inverse[(i * k) + j] = moments.Product(i, j);
            }

            trace += inverse[(i * k) + i];
        }

        if (!(trace > 0) || !double.IsFinite(trace))
        {
            return null;
        }

        for (var i = 0; i < k; i++)
        {
            inverse[(i * k) + i] += Ridge * trace / k;
        }

        var identity = new double[k * k];
        for (var i = 0; i < k; i++)
        {
            identity[(i * k) + i] = 1;
        }

        try
        {
            algebra.CholeskySolve(inverse, k, identity, k);
        }
        catch (ArgumentException)
        {
            // Not positive definite: rounding, or numbers too large, ate the ridge.
            return null;
        }

        return new Reader(identity, (double[])moments.Weights.Clone(), moments.Columns, k);
    }

    private sealed class Reader(double[] inverse, double[] weights, int[][] columns, int size)
    {
        private readonly int outputs = weights.Length / size;
        private readonly bool[] gone = new bool[size];

        /// <summary>What the squared error grows by when a channel goes: tr(W_B^T (P_BB)^-1 W_B), with P the inverse.</summary>
        public double Error(int channel)
        {
            var block = columns[channel];
            var solved = Solve(block);
            var sum = 0.0;
            for (var i = 0; i < block.Length; i++)
            {
                for (var o = 0; o < outputs; o++)
                {
                    sum += solved[(i * outputs) + o] * weights[(block[i] * outputs) + o];
                }
            }

            return sum;
        }

        /// <summary>Removes it: W -= P_:B (P_BB)^-1 W_B, and P likewise.</summary>
        public void Remove(int channel)
        {
            var block = columns[channel];
            var solved = Solve(block);
            foreach (var column in block)
            {
                gone[column] = true;
            }

            for (var i = 0; i < size; i++)
            {
                for (var b = 0; b < block.Length && !gone[i]; b++)
                {
                    var factor = inverse[(i * size) + block[b]];
                    for (var o = 0; o < outputs; o++)
                    {
                        weights[(i * outputs) + o] -= factor * solved[(b * outputs) + o];
                    }
                }
            }

            // Column by column is the same as the block at once.
            foreach (var column in block)
            {
                var pivot = inverse[(column * size) + column];
                var row = inverse.AsSpan(column * size, size).ToArray();
                for (var i = 0; i < size; i++)
                {
                    var factor = row[i] / pivot;
                    if (factor != 0 && i != column)
                    {
                        for (var j = 0; j < size; j++)
                        {
                            inverse[(i * size) + j] -= factor * row[j];
                        }
                    }
                }

                for (var i = 0; i < size; i++)
                {
                    inverse[(i * size) + column] = inverse[(column * size) + i] = 0;
                }
            }
        }

        // (P_BB)^-1 W_B by elimination; P is positive definite, so no row has to be exchanged.
        private double[] Solve(int[] block)
        {
            var n = block.Length;
            var right = new double[n * outputs];
            var matrix = new double[n * n];
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < n; j++)
                {
                    matrix[(i * n) + j] = inverse[(block[i] * size) + block[j]];
                }

                weights.AsSpan(block[i] * outputs, outputs).CopyTo(right.AsSpan(i * outputs));
            }

            for (var pivot = 0; pivot < n; pivot++)
            {
                for (var i = pivot + 1; i < n; i++)
                {
                    var factor = matrix[(i * n) + pivot] / matrix[(pivot * n) + pivot];
                    for (var j = pivot; j < n; j++)
                    {
                        matrix[(i * n) + j] -= factor * matrix[(pivot * n) + j];
                    }

                    for (var o = 0; o < outputs; o++)
                    {
                        right[(i * outputs) + o] -= factor * right[(pivot * outputs) + o];
                    }
                }
            }

            for (var i = n - 1; i >= 0; i--)
            {
                for (var o = 0; o < outputs; o++)
                {
                    var sum = right[(i * outputs) + o];
                    for (var j = i + 1; j < n; j++)
                    {
                        sum -= matrix[(i * n) + j] * right[(j * outputs) + o];
                    }

                    right[(i * outputs) + o] = sum / matrix[(i * n) + i];
                }
            }

            return right;
        }
    }
}
