using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Training.Data;

/// <summary>Opens folders of ONNX tensors; each set of files holds the same number of samples for every input.</summary>
internal sealed class TensorFolderReader
{
    private readonly LabelReader labels = new();

    /// <summary>Opens a folder.</summary>
    /// <param name="source">The folder, and the name of the file of labels.</param>
    /// <param name="inputs">What the model wants.</param>
    public Result<SampleSet> Open(DataSource source, ModelInputs inputs) =>
        TensorFolder.List(source, inputs).Then(folder =>
        {
            try
            {
                ImmutableArray<SampleRows> rows = [.. folder.Inputs.Zip(inputs.All, (files, input) => TensorRows.Open(files, source.Limit, input.Input))];
                if (rows[0].Rows == 0)
                {
                    return DiagnosticCodes.DataEmpty.At(source.Location, $"{source.Paths[0]} holds no samples.");
                }

                return folder.Labels is { } files
                    ? WithLabels(rows, TensorRows.Open(files, null), source, inputs)
                    : ArraySampleSet.From(rows, null, inputs, source.Location);
            }
            catch (InvalidDataException invalid)
            {
                return DiagnosticCodes.DataMalformed.At(source.Location, invalid.Message);
            }
            catch (OverflowException)
            {
                return DiagnosticCodes.DataTooLarge.At(source.Location, $"{source.Paths[0]} holds more samples than are read; set a limit.");
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                return DiagnosticCodes.DataMalformed.At(source.Location, $"{source.Paths[0]} cannot be read: {failure.Message}");
            }
        });

    private Result<SampleSet> WithLabels(ImmutableArray<SampleRows> rows, TensorRows classes, DataSource source, ModelInputs inputs) =>
        labels.Read(classes, rows[0], source.Location).Then(numbers => ArraySampleSet.From(rows, numbers, inputs, source.Location));
}
