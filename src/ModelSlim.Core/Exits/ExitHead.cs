using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Exits;

/// <summary>A classifier behind an exit: logits are weights times features, plus bias.</summary>
/// <param name="Weights">[classes, features].</param>
/// <param name="Bias">[classes].</param>
public sealed record ExitHead(TensorData Weights, TensorData Bias)
{
    /// <summary>Number of classes.</summary>
    public int Classes => Weights.Shape[0];

    /// <summary>Number of features.</summary>
    public int Features => Weights.Shape[1];

    /// <summary>Multiply-accumulates of one sample.</summary>
    public long Macs => Weights.Length;

    /// <summary>Stored numbers.</summary>
    public long Params => Weights.Length + Bias.Length;
}
