namespace ModelSlim.Training.FineTuning;

/// <summary>A BatchNormalization that was put back behind a convolution that had swallowed it.</summary>
/// <param name="Weight">Name of the convolution's weights.</param>
/// <param name="Bias">Name of its bias.</param>
/// <param name="Inner">Name of the value between the two.</param>
/// <param name="Output">Name of the value behind the normalization, which was the convolution's.</param>
internal sealed record FoldedBatchNorm(string Weight, string Bias, string Inner, string Output)
{
    /// <summary>Name of the scale.</summary>
    public string Scale => Output + "/bn/scale";

    /// <summary>Name of the shift.</summary>
    public string Shift => Output + "/bn/shift";

    /// <summary>Name of the running mean.</summary>
    public string Mean => Output + "/bn/mean";

    /// <summary>Name of the running variance.</summary>
    public string Variance => Output + "/bn/variance";
}
