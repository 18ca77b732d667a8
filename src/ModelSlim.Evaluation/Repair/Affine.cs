namespace ModelSlim.Evaluation.Repair;

/// <summary>x to x W + c.</summary>
/// <param name="Weights">W, padded for <see cref="ProductKernel"/>: [K rounded up, M rounded up], row-major.</param>
/// <param name="Intercept">c [M].</param>
internal sealed record Affine(double[] Weights, double[] Intercept)
{
    /// <summary>Pads weights [K, M] without an intercept.</summary>
    public static Affine Of(double[] weights, int inputs, int outputs)
    {
        var stride = ProductKernel.Padded(outputs);
        var padded = new double[ProductKernel.Padded(inputs) * stride];
        for (var i = 0; i < inputs; i++)
        {
            weights.AsSpan(i * outputs, outputs).CopyTo(padded.AsSpan(i * stride));
        }

        return new Affine(padded, new double[outputs]);
    }

    /// <summary>The weights without padding, [K, M].</summary>
    public double[] Unpadded(int inputs)
    {
        var outputs = Intercept.Length;
        var stride = ProductKernel.Padded(outputs);
        var weights = new double[inputs * outputs];
        for (var i = 0; i < inputs; i++)
        {
            Weights.AsSpan(i * stride, outputs).CopyTo(weights.AsSpan(i * outputs));
        }

        return weights;
    }
}
