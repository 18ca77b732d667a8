namespace ModelSlim.Evaluation.Repair;

/// <summary>
/// Squared errors of a model's outputs of real numbers, relative to the original's outputs. An output whose size depends on the
/// data, as behind NonMaxSuppression, is left out where the models differ about it.
/// </summary>
/// <param name="After">Of the repaired model.</param>
/// <param name="Before">Of the model as cutting left it.</param>
internal sealed record OutputErrors(double After, double Before)
{
    /// <summary>The errors on the chunks from <paramref name="from"/> on. All walks have come to their end.</summary>
    /// <param name="original">The original.</param>
    /// <param name="repaired">The repaired model.</param>
    /// <param name="cut">The model as cutting left it, run on those chunks only.</param>
    /// <param name="from">The first chunk that counts.</param>
    public static OutputErrors Of(GraphWalk original, GraphWalk repaired, GraphWalk cut, int from)
    {
        double after = 0, before = 0, energy = 0;
        foreach (var name in original.RealOutputs.Intersect(repaired.RealOutputs).Intersect(cut.RealOutputs))
        {
            var chunks = Enumerable.Range(from, original.Chunks - from)
                .Select(chunk => (Wanted: original.Value(chunk, name), Repaired: repaired.Value(chunk, name), Cut: cut.Value(chunk - from, name)))
                .ToArray();
            if (chunks.Any(chunk => chunk.Wanted.Length != chunk.Repaired.Length || chunk.Wanted.Length != chunk.Cut.Length))
            {
                continue;
            }

            foreach (var chunk in chunks)
            {
                var wanted = chunk.Wanted.ToSingles();
                after += SquaredDifference(wanted, chunk.Repaired.ToSingles());
                before += SquaredDifference(wanted, chunk.Cut.ToSingles());
                energy += SquaredDifference(wanted, new float[wanted.Length]);
            }
        }

        energy = Math.Max(energy, double.Epsilon);
        return new OutputErrors(after / energy, before / energy);
    }

    private static double SquaredDifference(float[] expected, float[] actual)
    {
        var sum = 0.0;
        for (var i = 0; i < expected.Length; i++)
        {
            var difference = (double)expected[i] - actual[i];
            sum += difference * difference;
        }

        return sum;
    }
}
