using System.Collections.Immutable;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Evaluation.Sessions;

/// <summary>What a run of a model showed of one value.</summary>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Extents.</param>
/// <param name="Data">The elements, where somebody needs them; null where only type and shape were looked at.</param>
public sealed record TracedValue(ElementType Type, ImmutableArray<int> Shape, TensorData? Data)
{
    /// <summary>A value that is there whole.</summary>
    public static TracedValue Of(TensorData tensor) => new(tensor.Type, tensor.Shape, tensor);
}
