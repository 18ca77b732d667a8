using ModelSlim.Core.Data;

namespace ModelSlim.Training.Data;

/// <summary>Checks that an input can take the values of a sample: no NaN, and whole numbers in the type's range for integers.</summary>
/// <param name="input">The input.</param>
/// <param name="rounds">True where values were computed, as in a resize, so that integers are rounded rather than refused.</param>
internal readonly struct ValueCheck(SampleInput input, bool rounds)
{
    /// <summary>Checks values, and rounds them where they are to be.</summary>
    /// <param name="values">The values.</param>
    /// <param name="name">Where they are from.</param>
    /// <param name="row">Number of the sample there, from 0.</param>
    /// <exception cref="InvalidDataException">A value does not fit; the message names it and its place.</exception>
    public void Check(Span<float> values, string name, int row)
    {
        if (input.Range is not var (least, most))
        {
            var place = values.IndexOfAnyExceptInRange(float.NegativeInfinity, float.PositiveInfinity);
            if (place >= 0)
            {
                throw new InvalidDataException($"{name}, sample {row}, has NaN at entry {place}; the model's input '{input.Name}' takes numbers.");
            }

            return;
        }

        for (var i = 0; i < values.Length; i++)
        {
            if (rounds)
            {
                values[i] = MathF.Round(values[i]);
            }

            if (!(values[i] >= least && values[i] <= most) || values[i] != MathF.Truncate(values[i]))
            {
                throw new InvalidDataException(
                    $"{name}, sample {row}, has {values[i]:G9} at entry {i}; the model's input '{input.Name}' takes {input.Type}, whole numbers from {least} to {most}.");
            }
        }
    }
}
