using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Pipeline;

/// <summary>Whether two models take the same inputs, so that they can be run on the same samples.</summary>
internal sealed class SameInputs
{
    /// <summary>Compares names, element types and declared sizes, in order; sizes that a file leaves open fit any.</summary>
    /// <param name="first">A model.</param>
    /// <param name="other">Another.</param>
    /// <param name="path">Path of the other, for the message.</param>
    /// <returns>Null where they do; MSLIM7003 where they do not.</returns>
    public Diagnostic? Check(Graph first, Graph other, string path) =>
        first.Inputs.Length == other.Inputs.Length && first.Inputs.Zip(other.Inputs).All(pair => Fit(pair.First, pair.Second))
            ? null
            : DiagnosticCodes.OutputsDiffer.At(
                new SourceSpan(path),
                $"the model takes {Describe(other)}, the first takes {Describe(first)}; compare a model with what was made from it");

    private static bool Fit(GraphValue one, GraphValue two) =>
        one.Name == two.Name
        && one.Type == two.Type
        && (one.Shape.IsDefault || two.Shape.IsDefault
            || (one.Shape.Length == two.Shape.Length
                && one.Shape.Zip(two.Shape).All(pair =>
                    pair.First.Extent is not { } extent || pair.Second.Extent is not { } same || extent == same)));

    private static string Describe(Graph graph) => string.Join(", ", graph.Inputs.Select(input =>
        input.Shape.IsDefault
            ? DisplayText.Quote(input.Name)
            : $"{DisplayText.Quote(input.Name)} [{string.Join(", ", input.Shape.Select(size => size.Extent?.ToString() ?? size.Symbol ?? "?"))}]"));
}
