using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Evaluation.Sessions;

/// <summary>Types of inputs that are fed with samples, which are real numbers.</summary>
internal static class InputTypes
{
    /// <summary>The element type of an input; float32 where the file does not say, and where the graph has no such input.</summary>
    public static ElementType Of(Graph graph, int input) =>
        input < graph.Inputs.Length && graph.Inputs[input].Type is not ElementType.Undefined and var type ? type : ElementType.Float;
}
