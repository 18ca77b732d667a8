using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Testing;

/// <summary>Models with numbers of 16 bits.</summary>
public static class HalfPrecision
{
    /// <summary>The same model with stored tensors, inputs and outputs of another type of floating-point numbers.</summary>
    /// <param name="model">A model of float32 throughout.</param>
    /// <param name="type">Float16 or BFloat16.</param>
    public static OnnxModel Of(OnnxModel model, ElementType type)
    {
        GraphValue Retyped(GraphValue value) => value.Type == ElementType.Float ? value with { Type = type } : value;
        var graph = model.Graph with
        {
            Inputs = [.. model.Graph.Inputs.Select(Retyped)],
            Outputs = [.. model.Graph.Outputs.Select(Retyped)],
            Initializers = model.Graph.Initializers.ToImmutableDictionary(
                pair => pair.Key,
                pair => pair.Value.Type == ElementType.Float ? TensorData.From(type, pair.Value.Shape, pair.Value.ToSingles()) : pair.Value,
                StringComparer.Ordinal),
        };
        return new OnnxReader().Read(new OnnxWriter().Write(model.With(graph))).Value!;
    }
}
