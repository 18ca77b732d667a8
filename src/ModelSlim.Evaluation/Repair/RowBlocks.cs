namespace ModelSlim.Evaluation.Repair;

/// <summary>Rows of floats as blocks of doubles, for <see cref="ProductKernel"/>.</summary>
internal static class RowBlocks
{
    /// <summary>Rows of a block.</summary>
    public const int Size = 128;

    /// <summary>Loads a block row by row.</summary>
    /// <param name="rows">Where from.</param>
    /// <param name="first">First row.</param>
    /// <param name="end">Row after the last that may be loaded.</param>
    /// <param name="block">Where to, [<see cref="Size"/>, <paramref name="stride"/>]; what is past a row's end stays.</param>
    /// <param name="stride">Stride of the block.</param>
    /// <returns>Number of rows loaded.</returns>
    public static int Load(Rows rows, int first, int end, double[] block, int stride)
    {
        var count = Math.Min(Size, end - first);
        for (var i = 0; i < count; i++)
        {
            var row = rows[first + i];
            var target = block.AsSpan(i * stride, row.Length);
            for (var k = 0; k < row.Length; k++)
            {
                target[k] = row[k];
            }
        }

        return count;
    }

    /// <summary>Loads a block column by column: [columns, <see cref="Size"/>].</summary>
    /// <returns>Number of rows loaded.</returns>
    public static int LoadTransposed(Rows rows, int first, int end, double[] block)
    {
        var count = Math.Min(Size, end - first);
        for (var i = 0; i < count; i++)
        {
            var row = rows[first + i];
            for (var k = 0; k < row.Length; k++)
            {
                block[(k * Size) + i] = row[k];
            }
        }

        return count;
    }
}
