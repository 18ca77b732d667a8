using System.Collections.Immutable;
using ModelSlim.Core.Dependencies;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Reports;

namespace ModelSlim.Pipeline;

/// <summary>Tells what a model is made of, what can be removed from it, and what cannot and why.</summary>
/// <param name="reader">Reads the model.</param>
/// <param name="analysis">Analyses it.</param>
/// <param name="lossless">Finds what changes no output.</param>
/// <param name="zeros">Counts weights that are zero.</param>
public sealed class ModelInspector(OnnxReader reader, AnalysisStage analysis, LosslessStage lossless, ZeroCensus zeros)
{
    /// <summary>Inspects a model file.</summary>
    /// <param name="path">Path of the model.</param>
    /// <param name="recipe">Sizes for symbolic dimensions, and what must not change.</param>
    /// <param name="cancellation">Ends the run.</param>
    public Result<InspectionReport> Run(string path, Recipe recipe, CancellationToken cancellation) =>
        analysis.Run(reader, path, recipe, cancellation)
            .Then(found => lossless.Remove(found, recipe, cancellation)
                .Then<InspectionReport>(left => Describe(Path.GetFileName(path), found) with
                {
                    Lossless = left.Removals,
                    Sparsity = zeros.Of(found, recipe, cancellation),
                }));

    /// <summary>What stays of a model, in the words of a report.</summary>
    internal static ImmutableArray<FrozenPart> Frozen(DependencyGraph dependencies) =>
        [.. dependencies.Refusals.Select(refusal => new FrozenPart(refusal.Node, refusal.Reason, refusal.Channels))];

    /// <summary>A model that was analysed, in the words of a report.</summary>
    internal static InspectionReport Describe(string name, ModelAnalysis found)
    {
        var graph = found.Model.Graph;
        return new InspectionReport
        {
            Model = name,
            Params = found.Given.Params,
            Macs = found.Given.Macs,
            Bytes = found.Given.Bytes,
            Opset = graph.Opset,
            Inputs = [.. graph.Inputs.Select(input => new ValueShape(input.Name, found.Trace.Shapes.GetValueOrDefault(input.Name, [])))],
            Outputs = [.. graph.Outputs.Select(output => new ValueShape(output.Name, found.Trace.Shapes.GetValueOrDefault(output.Name, [])))],
            Operators = graph.Nodes.CountBy(node => node.Domain.Length == 0 ? node.OpType : $"{node.Domain}.{node.OpType}")
                .ToImmutableSortedDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal),
            Groups =
            [
                .. found.Dependencies.Groups.Select(group =>
                    new GroupReport(group.Id, group.Channels, [.. group.Members.Select(member => member.ToString())])),
            ],
            Frozen = Frozen(found.Dependencies),
        };
    }
}
