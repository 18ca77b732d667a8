using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Evaluation.Tracing;

/// <summary>Says what a user can do about a model that ONNX Runtime loads and does not run.</summary>
internal sealed class RunRefusal
{
    /// <summary>One line: which sizes had to be guessed and where to give them, then what ONNX Runtime says.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="isGiven">True for inputs whose sizes the user gave.</param>
    /// <param name="failure">Why the likeliest choice of sizes failed.</param>
    public string Explain(Graph graph, Func<string, bool> isGiven, Diagnostic failure)
    {
        var guessed = graph.Inputs
            .Where(input => !isGiven(input.Name) && (input.Shape.IsDefault || input.Shape.Any(size => size.Extent is null)))
            .Select(Describe).ToArray();
        var integers = graph.Inputs
            .Where(input => input.Type is ElementType.Int64 or ElementType.Int32)
            .Select(input => DisplayText.Quote(input.Name)).ToArray();
        var advice = guessed.Length > 0
            ? $"The file leaves sizes open that were guessed: {string.Join(", ", guessed)}; give them in section inputs of prune.yaml, "
                + "such as inputs: { NAME: [1, 3, 224, 224] }, or with --input NAME=1,3,224,224."
            : integers.Length > 0 ? $"Of {string.Join(", ", integers)} small numbers and usual sample rates were tried." : string.Empty;
        return advice.Length > 0 ? $"{advice} {failure.Message}" : failure.Message;
    }

    private static string Describe(GraphValue input) => input.Shape.IsDefault
        ? DisplayText.Quote(input.Name)
        : $"{DisplayText.Quote(input.Name)} [{string.Join(", ", input.Shape.Select(size => size.Extent?.ToString() ?? (size.Symbol is { Length: > 0 } symbol ? symbol : "?")))}]";
}
