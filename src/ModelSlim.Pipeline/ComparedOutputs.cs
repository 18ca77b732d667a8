using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;

namespace ModelSlim.Pipeline;

/// <summary>
/// What training compares of a model: its outputs, or what stands for those whose size hangs on what is computed, as the number of boxes
/// found does.
/// </summary>
/// <param name="analysis">The model before anything was removed.</param>
internal sealed class ComparedOutputs(ModelAnalysis analysis)
{
    private const int Named = 4;

    private readonly ImmutableArray<GraphValue> settled = analysis.Dependencies.SettledOutputs;

    /// <summary>True where these are other values than the outputs, and no scores of classes.</summary>
    public bool StandIn => !settled.IsDefault;

    /// <summary>A form of the model with those values as its outputs.</summary>
    /// <param name="model">The form.</param>
    /// <param name="other">Another form, which is compared with it.</param>
    public OnnxModel In(OnnxModel model, OnnxModel other)
    {
        if (!StandIn)
        {
            return model;
        }

        var (own, others) = (new GraphIndex(model.Graph), new GraphIndex(other.Graph));
        return model.With(model.Graph with { Outputs = [.. settled.Where(value => own.Producer(value.Name) is not null && others.Producer(value.Name) is not null)] });
    }

    /// <summary>The warning that layers were cut, or lost single weights, that lead to none of those values; null where there are no such layers.</summary>
    /// <param name="slim">What the cut left.</param>
    public Diagnostic? NotHealed(OnnxModel slim)
    {
        if (!StandIn)
        {
            return null;
        }

        var leading = LeadingNodes.Of(In(slim, slim).Graph).Nodes.SelectMany(node => node.Outputs).ToHashSet(StringComparer.Ordinal);
        var whole = new GraphIndex(analysis.Model.Graph);
        var left = new GraphIndex(slim.Graph);
        bool WasCut(string weight) => left.Constant(weight) is { IsFloatingPoint: true, Shape.Length: > 1 } stored
            && whole.Constant(weight) is { } before && !GraphComparison.Same(before, stored);
        string[] layers = [.. slim.Graph.Nodes.Where(node => !node.Outputs.Any(leading.Contains) && node.Inputs.Any(WasCut)).Select(node => node.Label)];
        return layers.Length == 0 ? null : DiagnosticCodes.NotHealed.Says(
            $"{string.Join(", ", layers.Take(Named).Select(DisplayText.Quote))}{(layers.Length > Named ? $" and {layers.Length - Named} more" : "")} work on what was found, which is not the "
            + "same in the original and the slim model, so there is nothing to repair or fine-tune them by");
    }

    /// <summary>A form with its own outputs again.</summary>
    /// <param name="trained">What became of the form.</param>
    /// <param name="form">The form as it was.</param>
    public OnnxModel Back(OnnxModel trained, OnnxModel form) =>
        StandIn ? form.With(trained.Graph with { Outputs = form.Graph.Outputs }) : trained;
}
