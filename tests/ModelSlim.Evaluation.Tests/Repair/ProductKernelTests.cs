using ModelSlim.Core.Data;
using ModelSlim.Evaluation.Repair;

namespace ModelSlim.Evaluation.Tests.Repair;

public sealed class ProductKernelTests
{
    private const int Rows = 400;
    private const int M = 24;
    private const int N = 40;

    [Fact]
    public void Adds_the_product_of_the_transpose()
    {
        var (a, b) = (Numbers("a", Rows * M), Numbers("b", Rows * N));
        var c = Numbers("c", M * N);
        var expected = (double[])c.Clone();
        for (var i = 0; i < M; i++)
        {
            for (var j = 0; j < N; j++)
            {
                for (var row = 0; row < Rows; row++)
                {
                    expected[(i * N) + j] += a[(row * M) + i] * b[(row * N) + j];
                }
            }
        }

        new ProductKernel(1).Accumulate(a, M, b, N, Rows, c, upperOnly: false);

        Assert.All(c.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-10));
    }

    [Fact]
    public void Upper_part_is_the_same_without_the_lower()
    {
        var a = Numbers("a", Rows * M);
        var whole = new double[M * M];
        var upper = new double[M * M];

        new ProductKernel(1).Accumulate(a, M, a, M, Rows, whole, upperOnly: false);
        new ProductKernel(1).Accumulate(a, M, a, M, Rows, upper, upperOnly: true);

        for (var i = 0; i < M; i++)
        {
            Assert.Equal(whole.AsSpan((i * M) + i, M - i), upper.AsSpan((i * M) + i, M - i));
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Number_of_threads_changes_no_bit(int threads)
    {
        var (a, b) = (Numbers("a", Rows * M), Numbers("b", Rows * N));
        var one = new double[M * N];
        var several = new double[M * N];

        new ProductKernel(1).Accumulate(a, M, b, N, Rows, one, upperOnly: false);
        new ProductKernel(threads).Accumulate(a, M, b, N, Rows, several, upperOnly: false);

        Assert.Equal(one, several);
    }

    [Fact]
    public void Rows_in_two_parts_give_the_same_bits()
    {
        var (a, b) = (Numbers("a", Rows * M), Numbers("b", Rows * N));
        var whole = new double[M * N];
        var parts = new double[M * N];
        var kernel = new ProductKernel(1);

        kernel.Accumulate(a, M, b, N, Rows, whole, upperOnly: false);
        kernel.Accumulate(a, M, b, N, 100, parts, upperOnly: false);
        kernel.Accumulate(a[(100 * M)..], M, b[(100 * N)..], N, Rows - 100, parts, upperOnly: false);

        Assert.Equal(whole, parts);
    }

    private static double[] Numbers(string stream, int count)
    {
        var random = new SplitMix(1, stream);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5)];
    }
}
