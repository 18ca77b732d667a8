namespace ModelSlim.Training.Sparsity;

/// <summary>A factor for each channel behind a layer that never had one.</summary>
/// <param name="Weight">Name of the layer's weights.</param>
/// <param name="Axis">The axis of the weights that is the channels'.</param>
/// <param name="Bias">Name of its bias; null where it has none.</param>
/// <param name="Output">Name of the value that is multiplied: the layer's output, or what a bias behind it gives.</param>
/// <param name="Channels">Number of channels.</param>
/// <param name="AxesBehind">Axes of the value behind the channel axis.</param>
internal sealed record FreeScale(string Weight, int Axis, string? Bias, string Output, int Channels, int AxesBehind)
{
    /// <summary>Name of the factors.</summary>
    public string Scale => Output + "/scale";

    /// <summary>Name of the value before it is multiplied.</summary>
    public string Inner => Output + "/unscaled";
}
