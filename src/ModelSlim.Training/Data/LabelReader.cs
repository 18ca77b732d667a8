using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Training.Data;

/// <summary>Reads class indices out of an array [N] or [N, 1] of integers.</summary>
internal sealed class LabelReader
{
    /// <summary>Reads all labels and disposes the array.</summary>
    /// <param name="labels">The array.</param>
    /// <param name="location">Where the recipe has the data source.</param>
    public Result<int[]> Read(StoredArray labels, SourceSpan? location)
    {
        using (labels)
        {
            if (labels.RowLength != 1 || !labels.IsInteger)
            {
                return DiagnosticCodes.LabelInvalid.At(
                    location,
                    $"{labels.Path} holds {labels.Type} of shape [{string.Join(", ", [labels.Rows, .. labels.RowShape])}]; " +
                    "labels are one integer a sample.");
            }

            var classes = new int[labels.Rows];
            Span<long> value = stackalloc long[1];
            for (var i = 0; i < classes.Length; i++)
            {
                labels.ReadRow(i, value);
                if (value[0] is < 0 or > int.MaxValue)
                {
                    return DiagnosticCodes.LabelInvalid.At(
                        location, $"{labels.Path} has the label {value[0]} at {i}; labels are integers from 0 up.");
                }

                classes[i] = (int)value[0];
            }

            return classes;
        }
    }
}
