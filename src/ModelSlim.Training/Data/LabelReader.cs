using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Training.Data;

/// <summary>Reads class indices out of rows [N] or [N, 1] of integers.</summary>
internal sealed class LabelReader
{
    /// <summary>Reads all labels and disposes the rows.</summary>
    /// <param name="labels">The rows.</param>
    /// <param name="samples">The samples that they are of; as many are declared, or nothing is read.</param>
    /// <param name="location">Where the recipe has the data source.</param>
    public Result<int[]> Read(SampleRows labels, SampleRows samples, SourceSpan? location)
    {
        using (labels)
        {
            if (labels.DeclaredRows != samples.DeclaredRows)
            {
                return DiagnosticCodes.LabelCountDiffers.At(
                    location, $"{samples.Name} holds {samples.DeclaredRows} samples, but {labels.Name} holds {labels.DeclaredRows} labels.");
            }

            if (labels.RowLength != 1 || !IsInteger(labels.Type))
            {
                return DiagnosticCodes.LabelInvalid.At(
                    location,
                    $"{labels.Name} holds {labels.Type} of shape [{string.Join(", ", [labels.Rows, .. labels.RowShape])}]; " +
                    "labels are one integer a sample.");
            }

            var classes = new int[labels.Rows];
            Span<float> value = stackalloc float[1];
            for (var i = 0; i < classes.Length; i++)
            {
                try
                {
                    labels.ReadRow(i, value);
                }
                catch (Exception failure) when (failure is IOException or InvalidDataException)
                {
                    return DiagnosticCodes.SampleUnreadable.At(location, failure.Message);
                }

                if (value[0] is < 0 or >= SampleInput.IntegerLimit)
                {
                    return DiagnosticCodes.LabelInvalid.At(
                        location, $"{labels.Name} has the label {value[0]:0} at {i}; labels are integers from 0 up, below {SampleInput.IntegerLimit}.");
                }

                classes[i] = (int)value[0];
            }

            return classes;
        }
    }

    private static bool IsInteger(ElementType type) => type is ElementType.UInt8 or ElementType.Int8 or ElementType.Bool
        or ElementType.UInt16 or ElementType.Int16 or ElementType.Int32 or ElementType.UInt32 or ElementType.Int64 or ElementType.UInt64;
}
