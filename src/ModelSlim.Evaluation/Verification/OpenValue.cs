using System.Collections.Immutable;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Evaluation.Verification;

/// <summary>What a value is like at which a model is opened.</summary>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Extents.</param>
/// <param name="IsNegative">True where some element is negative.</param>
internal sealed record OpenValue(ElementType Type, ImmutableArray<int> Shape, bool IsNegative)
{
    /// <summary>What a tensor is like.</summary>
    public static OpenValue Of(TensorData tensor) => new(tensor.Type, tensor.Shape, tensor.ToSingles().Any(element => element < 0));
}
