namespace ModelSlim.Evaluation.Repair;

/// <summary>Squared errors of a model's outputs, relative to the original's outputs.</summary>
/// <param name="After">Of the repaired model.</param>
/// <param name="Before">Of the model as cutting left it.</param>
internal sealed record OutputErrors(double After, double Before)
{
    /// <summary>The error of one model, over all outputs of real numbers.</summary>
    /// <param name="original">The original, run to its end.</param>
    /// <param name="originalFrom">Its first chunk that counts.</param>
    /// <param name="other">The other model, run to its end.</param>
    /// <param name="otherFrom">Its chunk with the same samples.</param>
    public static double Between(GraphWalk original, int originalFrom, GraphWalk other, int otherFrom)
    {
        double error = 0, energy = 0;
        for (var chunk = originalFrom; chunk < original.Chunks; chunk++)
        {
            foreach (var name in original.Outputs)
            {
                var expected = original.Value(chunk, name);
                if (!expected.IsFloatingPoint)
                {
                    continue;
                }

                var wanted = expected.ToSingles();
                var actual = other.Value(chunk - originalFrom + otherFrom, name).ToSingles();
                for (var i = 0; i < wanted.Length; i++)
                {
                    var difference = (double)wanted[i] - actual[i];
                    error += difference * difference;
                    energy += (double)wanted[i] * wanted[i];
                }
            }
        }

        return error / Math.Max(energy, double.Epsilon);
    }
}
