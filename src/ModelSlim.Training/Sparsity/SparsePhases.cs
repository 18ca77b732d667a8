namespace ModelSlim.Training.Sparsity;

/// <summary>The parts of a sparse training, in steps taken.</summary>
/// <param name="Choosing">Last step in which all channels compete.</param>
/// <param name="Fading">Last step in which those that are to go fade; from then on they are zero and the others settle.</param>
internal readonly record struct SparsePhases(int Choosing, int Fading)
{
    /// <summary>The parts of a training in which it is known how many channels of each group go.</summary>
    /// <param name="total">Steps in all.</param>
    public static SparsePhases Of(int total) => new(Math.Max(1, total / 2), Math.Max(1, total * 3 / 4));
}
