using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Evaluation.Sessions;

/// <summary>Samples as a model's inputs take them.</summary>
internal static class SampleTensors
{
    /// <summary>True where a sample is all of an input, which has no axis of samples then.</summary>
    /// <param name="graph">The model's graph.</param>
    /// <param name="input">Place of the input.</param>
    /// <param name="shape">Shape of one sample.</param>
    public static bool IsWhole(Graph graph, int input, ImmutableArray<int> shape) =>
        input < graph.Inputs.Length && graph.Inputs[input].Shape is { IsDefault: false } declared && declared.Length == shape.Length;

    /// <summary>True where a sample is all of some input, so that samples run one at a time.</summary>
    /// <param name="graph">The model's graph.</param>
    /// <param name="shapes">Shape of one sample, for each input.</param>
    public static bool AnyWhole(Graph graph, ImmutableArray<ImmutableArray<int>> shapes) =>
        shapes.Where((shape, input) => IsWhole(graph, input, shape)).Any();

    /// <summary>The shape of a tensor that holds samples.</summary>
    /// <param name="graph">The model's graph.</param>
    /// <param name="input">Place of the input.</param>
    /// <param name="shape">Shape of one sample.</param>
    /// <param name="count">How many samples; 1 where one is all of an input.</param>
    public static ImmutableArray<int> ShapeOf(Graph graph, int input, ImmutableArray<int> shape, int count) =>
        IsWhole(graph, input, shape) ? shape : [count, .. shape];

    /// <summary>A tensor that holds samples.</summary>
    /// <param name="graph">The model's graph.</param>
    /// <param name="input">Place of the input.</param>
    /// <param name="shape">Shape of one sample.</param>
    /// <param name="count">How many samples; 1 where one is all of an input.</param>
    /// <param name="values">Their numbers.</param>
    public static TensorData Of(Graph graph, int input, ImmutableArray<int> shape, int count, ReadOnlySpan<float> values) =>
        TensorData.From(InputTypes.Of(graph, input), ShapeOf(graph, input, shape, count), values);
}
