using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes;
using ModelSlim.Training.Data;

namespace ModelSlim.Pipeline;

/// <summary>Opens the data sets of a recipe and checks that they fit the model, before anything slow begins.</summary>
/// <param name="reader">Opens one.</param>
public sealed class DataStage(SampleSetReader reader)
{
    /// <summary>Opens them.</summary>
    public Result<DataSets> Run(ModelAnalysis analysis, DataSpec data)
    {
        var sources = new[] { data.Calibration ?? data.Train, data.Train, data.Eval };
        var opened = new List<SampleSet?>();
        var said = new List<Diagnostic>();
        foreach (var source in sources)
        {
            // Statistics need no labels; the gates must count classes as training did.
            var classes = opened.Count == 2 ? opened[1]?.Classes : null;
            var set = source is null ? null : reader.Open(source, data.Preprocess, analysis.SampleInputs, classes);
            if (set is { Succeeded: false })
            {
                opened.ForEach(other => other?.Dispose());
                return Result<DataSets>.Failed(set.Diagnostics);
            }

            opened.Add(set?.Value);
            said.AddRange(set?.Diagnostics ?? []);
        }

        return Result<DataSets>.With(new DataSets(opened[0], opened[1], opened[2]), said.Distinct());
    }
}
