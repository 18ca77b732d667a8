using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelSlim.Evaluation.Repair;

/// <summary>
/// Sums of outer products, C += A^T B with A [rows, M] and B [rows, N]. Each element of C is one chain of fused
/// multiply-adds over the rows in order, so that neither vector width nor thread count can change a bit of it.
/// </summary>
internal sealed class ProductKernel
{
    /// <summary>Strides of A, B and C must be multiples of this.</summary>
    public const int Alignment = 8;

    private const int TileRows = 4;

    private readonly int threads;

    /// <summary>Makes a kernel.</summary>
    /// <param name="threads">How many threads share the elements of C.</param>
    public ProductKernel(int threads)
    {
        this.threads = threads;
    }

    /// <summary>Rounds a length up to <see cref="Alignment"/>.</summary>
    public static int Padded(int length) => (length + Alignment - 1) / Alignment * Alignment;

    /// <summary>Adds A^T B to C.</summary>
    /// <param name="a">A, row-major, with stride <paramref name="m"/>.</param>
    /// <param name="m">Columns of A, a multiple of <see cref="Alignment"/>.</param>
    /// <param name="b">B, row-major, with stride <paramref name="n"/>.</param>
    /// <param name="n">Columns of B, a multiple of <see cref="Alignment"/>.</param>
    /// <param name="rows">Rows of A and B.</param>
    /// <param name="c">C [M, N], row-major.</param>
    /// <param name="upperOnly">True leaves tiles that lie wholly below the diagonal alone.</param>
    public void Accumulate(double[] a, int m, double[] b, int n, int rows, double[] c, bool upperOnly)
    {
        var strips = m / TileRows;
        if (threads == 1 || (long)m * n * rows < 1 << 18)
        {
            for (var strip = 0; strip < strips; strip++)
            {
                Strip(a, m, b, n, rows, c, strip * TileRows, upperOnly);
            }

            return;
        }

        Parallel.For(0, strips, new ParallelOptions { MaxDegreeOfParallelism = threads }, strip =>
            Strip(a, m, b, n, rows, c, strip * TileRows, upperOnly));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Strip(double[] a, int m, double[] b, int n, int rows, double[] c, int i, bool upperOnly)
    {
        ref var left = ref MemoryMarshal.GetArrayDataReference(a);
        ref var right = ref MemoryMarshal.GetArrayDataReference(b);
        ref var sum = ref MemoryMarshal.GetArrayDataReference(c);
        for (var j = upperOnly ? i / Alignment * Alignment : 0; j < n; j += Alignment)
        {
            ref var c0 = ref Unsafe.Add(ref sum, ((nint)i * n) + j);
            ref var c1 = ref Unsafe.Add(ref c0, n);
            ref var c2 = ref Unsafe.Add(ref c1, n);
            ref var c3 = ref Unsafe.Add(ref c2, n);
            var s00 = Vector256.LoadUnsafe(ref c0);
            var s01 = Vector256.LoadUnsafe(ref c0, 4);
            var s10 = Vector256.LoadUnsafe(ref c1);
            var s11 = Vector256.LoadUnsafe(ref c1, 4);
            var s20 = Vector256.LoadUnsafe(ref c2);
            var s21 = Vector256.LoadUnsafe(ref c2, 4);
            var s30 = Vector256.LoadUnsafe(ref c3);
            var s31 = Vector256.LoadUnsafe(ref c3, 4);
            ref var x = ref Unsafe.Add(ref left, i);
            ref var y = ref Unsafe.Add(ref right, j);
            for (var row = 0; row < rows; row++)
            {
                var y0 = Vector256.LoadUnsafe(ref y);
                var y1 = Vector256.LoadUnsafe(ref y, 4);
                var x0 = Vector256.Create(x);
                s00 = Vector256.FusedMultiplyAdd(x0, y0, s00);
                s01 = Vector256.FusedMultiplyAdd(x0, y1, s01);
                var x1 = Vector256.Create(Unsafe.Add(ref x, 1));
                s10 = Vector256.FusedMultiplyAdd(x1, y0, s10);
                s11 = Vector256.FusedMultiplyAdd(x1, y1, s11);
                var x2 = Vector256.Create(Unsafe.Add(ref x, 2));
                s20 = Vector256.FusedMultiplyAdd(x2, y0, s20);
                s21 = Vector256.FusedMultiplyAdd(x2, y1, s21);
                var x3 = Vector256.Create(Unsafe.Add(ref x, 3));
                s30 = Vector256.FusedMultiplyAdd(x3, y0, s30);
                s31 = Vector256.FusedMultiplyAdd(x3, y1, s31);
                x = ref Unsafe.Add(ref x, m);
                y = ref Unsafe.Add(ref y, n);
            }

            s00.StoreUnsafe(ref c0);
            s01.StoreUnsafe(ref c0, 4);
            s10.StoreUnsafe(ref c1);
            s11.StoreUnsafe(ref c1, 4);
            s20.StoreUnsafe(ref c2);
            s21.StoreUnsafe(ref c2, 4);
            s30.StoreUnsafe(ref c3);
            s31.StoreUnsafe(ref c3, 4);
        }
    }
}
