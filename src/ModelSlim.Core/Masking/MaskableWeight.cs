namespace ModelSlim.Core.Masking;

/// <summary>A stored weight whose numbers may become zero one by one.</summary>
/// <param name="Name">Name of the initializer, of real numbers and of rank 2 or more.</param>
/// <param name="Axis">The axis that is summed over, along which blocks of N:M lie; null where none is, as in a depthwise convolution.</param>
/// <param name="Outputs">The axis of outputs that are all summed up from the same inputs, along which blocks of outputs lie; null where there is none.</param>
public sealed record MaskableWeight(string Name, int? Axis, int? Outputs = null)
{
    /// <summary>Why there is no such axis though layers sum over the weight, as a clause; null where none does.</summary>
    public string? Obstacle { get; init; }
}
