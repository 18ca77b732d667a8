using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Evaluation.Verification;

/// <summary>What cuts leave of the elements of values.</summary>
/// <param name="trace">Shapes before the cuts.</param>
/// <param name="cuts">The cuts.</param>
internal sealed class CutTensors(ValueTrace trace, ChannelCuts cuts)
{
    /// <summary>What is left of a value. How long other axes are may differ from run to run.</summary>
    public TensorData Of(string value, TensorData tensor) => trace.Shapes.TryGetValue(value, out var shape) && shape.Length == tensor.Shape.Length
        ? tensor.Take([.. shape.Select((extent, axis) => tensor.Shape[axis] == extent ? cuts.Of(value, axis) : null)])
        : tensor;
}
