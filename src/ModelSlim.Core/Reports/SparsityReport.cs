using System.Collections.Immutable;

namespace ModelSlim.Core.Reports;

/// <summary>How many weights are zero, counted on the model that is written, or that a plan leads to. ONNX Runtime's CPU kernels are no faster for it; files pack better.</summary>
/// <param name="Weights">Weights that can become zero.</param>
/// <param name="Zeros">Those that are.</param>
/// <param name="Pattern">The pattern that every layer holds but those in <paramref name="Dense"/>, such as <c>2:4</c> or <c>4x1</c>; null where there is none.</param>
/// <param name="Dense">Names of the weights that the pattern does not fit.</param>
/// <param name="Sparse">True where the file has weights without their zeros, as <c>sparse_initializer</c>.</param>
/// <param name="PackedBefore">Bytes of the original in a zip file, as in a package; null where nothing is written.</param>
/// <param name="PackedAfter">Bytes of the slim model there.</param>
public sealed record SparsityReport(
    long Weights, long Zeros, string? Pattern, ImmutableArray<string> Dense, bool Sparse, long? PackedBefore = null, long? PackedAfter = null)
{
    /// <summary>What zeros are not good for, in a clause.</summary>
    public const string Caution = "ONNX Runtime's CPU kernels are no faster for zeros";

    /// <summary>What a reader of the figures must know; null where nothing is zero.</summary>
    public string? Note => Zeros > 0 ? $"{Caution}; removing channels makes models faster" : null;

    /// <summary>Why the pattern does not fit each of <see cref="Dense"/>, as a clause, in the same order.</summary>
    public ImmutableArray<string> Obstacles { get; init; } = [];

    /// <summary>The same with the weights that <c>prune.ignore</c> keeps, of which the target is no share; null where it keeps none.</summary>
    public WeightCount? WithIgnored { get; init; }
}
