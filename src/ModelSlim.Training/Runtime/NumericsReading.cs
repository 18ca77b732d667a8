namespace ModelSlim.Training.Runtime;

/// <summary>How libtorch computes in a process, as it says itself.</summary>
/// <param name="Threads">Threads.</param>
/// <param name="Capability">Instruction set of its kernels, such as <c>AVX2</c>; null where it cannot be asked.</param>
/// <param name="MklBranch">MKL's mode of conditional numerical reproducibility; null where it cannot be asked.</param>
public sealed record NumericsReading(int Threads, string? Capability, int? MklBranch);
