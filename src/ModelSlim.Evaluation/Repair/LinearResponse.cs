namespace ModelSlim.Evaluation.Repair;

/// <summary>What weights make of rows.</summary>
/// <param name="kernel">Multiplies.</param>
internal sealed class LinearResponse(ProductKernel kernel)
{
    /// <summary>X W.</summary>
    /// <param name="features">X [R, K].</param>
    /// <param name="layer">W [K, M]; its intercept is left out.</param>
    /// <returns>[R, M].</returns>
    public Rows Of(Rows features, Affine layer)
    {
        var outputs = layer.Intercept.Length;
        var width = ProductKernel.Padded(features.Columns);
        var stride = ProductKernel.Padded(outputs);
        var block = new double[width * RowBlocks.Size];
        var result = new double[RowBlocks.Size * stride];
        var rows = Rows.Of(features.Count, outputs);
        for (var first = 0; first < features.Count; first += RowBlocks.Size)
        {
            var count = RowBlocks.LoadTransposed(features, first, features.Count, block);
            Array.Clear(result);
            kernel.Accumulate(block, RowBlocks.Size, layer.Weights, stride, width, result, upperOnly: false);
            for (var i = 0; i < count; i++)
            {
                var target = rows[first + i];
                for (var o = 0; o < outputs; o++)
                {
                    target[o] = (float)result[(i * stride) + o];
                }
            }
        }

        return rows;
    }
}
