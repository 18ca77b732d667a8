using ModelSlim.Core.Tensors;

namespace ModelSlim.Evaluation.Verification;

/// <summary>How far two runs are from each other.</summary>
internal static class ValueErrors
{
    /// <summary>
    /// Largest difference of two tensors of real numbers, relative to the largest finite element of the first; infinite where
    /// shapes differ or only one has no number at some place. Other elements are not compared, shapes are.
    /// </summary>
    /// <param name="expected">The first.</param>
    /// <param name="actual">The second; null where there is none.</param>
    /// <param name="summed">What the first is a sum or a mean of, if anything: rounding is relative to that, however small the sum is.</param>
    public static double Of(TensorData expected, TensorData? actual, TensorData? summed = null)
    {
        if (actual is null || expected.Type != actual.Type || !expected.Shape.SequenceEqual(actual.Shape))
        {
            return double.PositiveInfinity;
        }

        if (!expected.IsFloatingPoint)
        {
            return 0;
        }

        var e = expected.AsSingles();
        var a = actual.AsSingles();
        double scale = Math.Max(Scale(e), summed is null ? 0 : Scale(summed.AsSingles())), error = 0;
        for (var i = 0; i < e.Length; i++)
        {
            var difference = e[i].Equals(a[i]) ? 0 : Math.Abs((double)e[i] - a[i]);
            error = Math.Max(error, double.IsNaN(difference) ? double.PositiveInfinity : difference);
        }

        return error / scale;
    }

    private static double Scale(ReadOnlySpan<float> values)
    {
        var scale = 1e-12f;
        foreach (var value in values)
        {
            scale = float.IsFinite(value) ? Math.Max(scale, Math.Abs(value)) : scale;
        }

        return scale;
    }

    /// <summary>True where no element is infinite or no number.</summary>
    public static bool IsFinite(TensorData tensor) => !tensor.IsFloatingPoint || Array.TrueForAll(tensor.ToSingles(), float.IsFinite);

    /// <summary>True where all elements are finite and some are not 0, so that a difference would show.</summary>
    public static bool Tells(TensorData tensor) =>
        !tensor.IsFloatingPoint || (IsFinite(tensor) && Array.Exists(tensor.ToSingles(), element => element != 0));
}
