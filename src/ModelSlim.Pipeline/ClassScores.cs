using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Pipeline;

/// <summary>Whether the first output of a model gives a score for each class, which is what labels are compared with.</summary>
/// <param name="analysis">The model.</param>
internal sealed class ClassScores(ModelAnalysis analysis)
{
    /// <summary>Why labels cannot be counted, as a clause; null where they can.</summary>
    public string? Uncounted => Found(sample => sample.Count(extent => extent > 1) == 1);

    /// <summary>Why labels cannot be trained on, as a clause; null where they can.</summary>
    public string? Untrained => Found(sample => sample is [> 1]);

    private string? Found(Func<ImmutableArray<int>, bool> isRow)
    {
        if (analysis.Model.Graph.Outputs.FirstOrDefault(IsReal) is not { } first || !analysis.Trace.Shapes.TryGetValue(first.Name, out var shape))
        {
            return "no output of the model holds real numbers";
        }

        var settled = analysis.Dependencies.SettledOutputs;
        return !settled.IsDefault && settled.All(value => value.Name != first.Name) ? $"how much its output '{first.Name}' holds depends on what is found in a sample"
            : isRow(Sample(shape)) ? null
            : $"its output '{first.Name}' is [{string.Join(", ", shape)}], and not [samples, classes]";
    }

    private bool IsReal(GraphValue output) =>
        analysis.Trace.Types.GetValueOrDefault(output.Name) is ElementType.Float or ElementType.Double or ElementType.Float16 or ElementType.BFloat16;

    // What it gives for one sample.
    private ImmutableArray<int> Sample(ImmutableArray<int> shape)
    {
        var inputs = analysis.SampleInputs;
        var batch = inputs.Length == 0 || inputs.Any(input => input.IsWhole) ? 1 : analysis.Trace.Shape(inputs[0].Name)[0];
        return shape is [var first, ..] && first == batch ? shape[1..] : shape;
    }
}
