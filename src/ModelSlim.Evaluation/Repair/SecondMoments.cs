namespace ModelSlim.Evaluation.Repair;

/// <summary>Sums over the rows of features X [R, K] and of their products. The same for any number of threads.</summary>
internal sealed class SecondMoments
{
    /// <summary>Sums up.</summary>
    /// <param name="kernel">Multiplies.</param>
    /// <param name="features">X.</param>
    /// <param name="rows">How many of its rows count, from the front.</param>
    public SecondMoments(ProductKernel kernel, Rows features, int rows)
    {
        Count = rows;
        Columns = features.Columns;
        Width = ProductKernel.Padded(features.Columns);
        Products = new double[Width * Width];
        Sums = new double[Width];
        var block = new double[RowBlocks.Size * Width];
        for (var first = 0; first < rows; first += RowBlocks.Size)
        {
            var count = RowBlocks.Load(features, first, rows, block, Width);
            for (var i = 0; i < count; i++)
            {
                for (var k = 0; k < Width; k++)
                {
                    Sums[k] += block[(i * Width) + k];
                }
            }

            kernel.Accumulate(block, Width, block, Width, count, Products, upperOnly: true);
        }

        for (var i = 0; i < Width; i++)
        {
            for (var j = 0; j < i; j++)
            {
                Products[(i * Width) + j] = Products[(j * Width) + i];
            }
        }
    }

    /// <summary>R.</summary>
    public int Count { get; }

    /// <summary>K.</summary>
    public int Columns { get; }

    /// <summary>Stride of the products: K rounded up.</summary>
    public int Width { get; }

    /// <summary>X^T X, with stride <see cref="Width"/>.</summary>
    public double[] Products { get; }

    /// <summary>Sum of each column.</summary>
    public double[] Sums { get; }

    /// <summary>Mean product of two columns.</summary>
    /// <param name="one">The one.</param>
    /// <param name="other">The other.</param>
    /// <param name="centred">True to take away that of their means.</param>
    public double Mean(int one, int other, bool centred) =>
        (Products[(one * Width) + other] - (centred ? Sums[one] * Sums[other] / Count : 0)) / Count;

    /// <summary>The mean products of all columns, [K, K].</summary>
    /// <param name="centred">True to take away those of their means.</param>
    public double[] Means(bool centred)
    {
        var means = new double[Columns * Columns];
        for (var i = 0; i < means.Length; i++)
        {
            means[i] = Mean(i / Columns, i % Columns, centred);
        }

        return means;
    }
}
