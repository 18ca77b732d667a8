namespace ModelSlim.Core.Recipes;

/// <summary>How channels, or single weights, are scored.</summary>
public enum Criterion
{
    /// <summary>The best that the data at hand allows.</summary>
    Auto,

    /// <summary>L2 norm of everything that belongs to the channel.</summary>
    Magnitude,

    /// <summary>Factor after batch normalization; magnitude where a group has none.</summary>
    BatchNormScale,

    /// <summary>Distance to the other channels: what resembles the others goes.</summary>
    GeometricMedian,

    /// <summary>Squared magnitude relative to that of the channels that stay longer.</summary>
    Lamp,

    /// <summary>Norm of what a channel is on samples, times that of the weights that read it; or a single weight times the norm of what it multiplies.</summary>
    Wanda,

    /// <summary>Error of the layers that read a channel when it goes and their other weights are solved anew, on samples; for single weights that of their own layer.</summary>
    Reconstruction,

    /// <summary>How much the loss of labelled samples changes to first order when a channel goes.</summary>
    Taylor,

    /// <summary>How much what the model says of samples changes when a channel goes, by its Fisher information.</summary>
    Fisher,

    /// <summary>By chance, from the seed: a control.</summary>
    Random,
}
