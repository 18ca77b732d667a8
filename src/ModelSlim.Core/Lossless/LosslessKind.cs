namespace ModelSlim.Core.Lossless;

/// <summary>Why a channel can go without changing any output.</summary>
public enum LosslessKind
{
    /// <summary>Nobody reads it: all weights that do are zero.</summary>
    Dead,

    /// <summary>It has one value whatever the input; what it adds goes into the biases of those who read it.</summary>
    Constant,

    /// <summary>Another channel always has the same values; the weights of those who read it are added to the other's.</summary>
    Duplicate,
}
