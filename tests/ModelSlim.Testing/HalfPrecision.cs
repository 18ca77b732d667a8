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
        return Written(model.With(graph));
    }

    /// <summary>The same, but what goes in and comes out is of 32 bits: Cast stands at the boundaries, as converters with <c>keep_io_types</c> write it.</summary>
    public static OnnxModel Within(OnnxModel model, ElementType type)
    {
        var half = Of(model, type);
        var names = half.Graph.Inputs.Concat(half.Graph.Outputs).Where(value => value.Type == type).ToDictionary(value => value.Name, value => $"{value.Name}/16 bits");
        string Name(string value) => names.GetValueOrDefault(value, value);
        return Written(half.With(half.Graph with
        {
            Inputs = model.Graph.Inputs,
            Outputs = model.Graph.Outputs,
            Nodes =
            [
                .. half.Graph.Inputs.Where(input => names.ContainsKey(input.Name)).Select(input => Cast(input.Name, Name(input.Name), type)),
                .. half.Graph.Nodes.Select(node => node with { Inputs = [.. node.Inputs.Select(Name)], Outputs = [.. node.Outputs.Select(Name)] }),
                .. half.Graph.Outputs.Where(output => names.ContainsKey(output.Name)).Select(output => Cast(Name(output.Name), output.Name, ElementType.Float)),
            ],
        }));
    }

    /// <summary>The same model with stored tensors of another type, each of which a Cast widens.</summary>
    public static OnnxModel Stored(OnnxModel model, ElementType type)
    {
        var narrow = model.Graph.Initializers.Where(pair => pair.Value.Type == ElementType.Float).OrderBy(pair => pair.Key, StringComparer.Ordinal).ToArray();
        return Written(model.With(model.Graph with
        {
            Initializers = model.Graph.Initializers.RemoveRange(narrow.Select(pair => pair.Key))
                .AddRange(narrow.Select(pair => KeyValuePair.Create($"{pair.Key}/16 bits", TensorData.From(type, pair.Value.Shape, pair.Value.ToSingles())))),
            Nodes = [.. narrow.Select(pair => Cast($"{pair.Key}/16 bits", pair.Key, ElementType.Float)), .. model.Graph.Nodes],
        }));
    }

    private static Node Cast(string from, string to, ElementType type) =>
        new Node { OpType = "Cast", Inputs = [from], Outputs = [to] }.With("to", new AttributeValue.Int((long)type));

    private static OnnxModel Written(OnnxModel model) => new OnnxReader().Read(new OnnxWriter().Write(model)).Value!;
}
