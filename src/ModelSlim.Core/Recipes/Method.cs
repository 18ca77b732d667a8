namespace ModelSlim.Core.Recipes;

/// <summary>How the model is made smaller.</summary>
public enum Method
{
    /// <summary>Whole channels go, by their scores.</summary>
    Channels,

    /// <summary>Training makes channels fade first; those that faded go (Liu et al. 2017, "Network Slimming").</summary>
    Slimming,

    /// <summary>Channels are zero for a while in training and may come back; those of the last choice go (He et al. 2018).</summary>
    Soft,
}
