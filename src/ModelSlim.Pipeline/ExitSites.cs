using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Exits;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Pipeline;

/// <summary>The places at which samples may leave a model.</summary>
/// <param name="Places">From front to back, at least one.</param>
public sealed record ExitSites(ImmutableArray<ExitPlace> Places)
{
    /// <summary>Finds them.</summary>
    /// <param name="from">The model.</param>
    /// <param name="recipe">What is asked for.</param>
    /// <param name="catalog">What is known about operators.</param>
    /// <returns>The places; MSLIM5007 with the reason where samples cannot leave the model early.</returns>
    public static Result<ExitSites> Of(ModelAnalysis from, Recipe recipe, OperatorCatalog catalog)
    {
        if (Misfit(from) is { } reason)
        {
            return Refuse(recipe, reason);
        }

        var places = new ExitPlaces(catalog).Find(from.Index, from.Trace);
        return places.IsEmpty
            ? Refuse(recipe, "no value inside it separates the network in two, with enough of the work behind it")
            : new ExitSites(places);
    }

    private static string? Misfit(ModelAnalysis from)
    {
        var graph = from.Model.Graph;
        if (graph.Outputs is not [var output])
        {
            return $"it has {graph.Outputs.Length} outputs, and a classifier has one";
        }

        if (!from.Trace.Shapes.TryGetValue(output.Name, out var shape) || shape is not [var batch, > 1])
        {
            return $"its output '{output.Name}' is [{string.Join(", ", shape.IsDefault ? [] : shape)}], not [N, classes] with two classes or more";
        }

        if (from.Trace.Types[output.Name] is not ElementType.Float and var type)
        {
            return $"its output '{output.Name}' is of type {type.ToString().ToLowerInvariant()}, not float";
        }

        return graph.Inputs.Any(input => from.Trace.Shape(input.Name) is not [var first, ..] || first != batch)
            ? "an input has no batch axis like the output's"
            : graph.Opset < EarlyExitGraph.OldestOpset
                ? $"its opset is {graph.Opset}, and an exit takes {EarlyExitGraph.OldestOpset} or newer"
                : null;
    }

    private static Diagnostic Refuse(Recipe recipe, string reason) =>
        DiagnosticCodes.ExitUnsupported.At(recipe.MethodLocation, $"samples cannot leave the model early: {reason}; use method: channels");
}
