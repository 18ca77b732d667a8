using ModelSlim.Core.Axes;

namespace ModelSlim.Training.Sparsity;

/// <summary>The factors behind a layer: those of a BatchNormalization, or free ones.</summary>
/// <param name="Channels">The axis that they are of.</param>
/// <param name="Scale">Name of the factors.</param>
/// <param name="Shift">Name of what is added to each channel behind them; null where nothing is.</param>
internal sealed record ScaleSite(AxisRef Channels, string Scale, string? Shift);
