namespace ModelSlim.Training.Kernels;

/// <summary>Where a position of a resized axis lies in the input, by ONNX's <c>coordinate_transformation_mode</c>.</summary>
/// <param name="Mode">The mode.</param>
/// <param name="Rounding">How nearest positions are found: <c>nearest_mode</c>.</param>
/// <param name="Input">Extent of the input.</param>
/// <param name="Output">Extent of the result.</param>
/// <param name="Scale">Extent of the result over that of the input, as the node states it.</param>
internal sealed record ResizeCoordinates(string Mode, string Rounding, long Input, long Output, float Scale)
{
    /// <summary>The place in the input, which may lie outside of it.</summary>
    /// <param name="position">Position in the result.</param>
    public float Of(int position) => Mode switch
    {
        "asymmetric" => position / Scale,
        "align_corners" => Output == 1 ? 0 : position * (float)(Input - 1) / (Output - 1),
        "pytorch_half_pixel" => Output > 1 ? ((position + 0.5f) / Scale) - 0.5f : 0,
        "tf_half_pixel_for_nn" => (position + 0.5f) / Scale,
        "half_pixel_symmetric" => Symmetric(position),
        _ => ((position + 0.5f) / Scale) - 0.5f,
    };

    private float Symmetric(int position)
    {
        var adjustment = Output / (Scale * Input);
        var centre = Input / 2f;
        return (centre * (1 - adjustment)) + ((position + 0.5f) / Scale) - 0.5f;
    }
}
