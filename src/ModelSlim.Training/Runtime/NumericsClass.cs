using System.Collections.Frozen;
using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Training.Runtime;

/// <summary>
/// A way to compute that gives the same bytes wherever it is offered. Its name belongs into every fingerprint of a trained
/// model.
/// </summary>
/// <param name="Name">The name; another number at the end means other bytes.</param>
/// <param name="Threads">Threads of torch: results depend on the number, not on how many cores there are.</param>
/// <param name="Capability">The instruction set that libtorch's kernels are held to, as libtorch names it; null: not held.</param>
/// <param name="Pins">Environment variables that the process has to be started with.</param>
public sealed record NumericsClass(
    string Name, int Threads, string? Capability, FrozenDictionary<string, string> Pins)
{
    // Idle threads must sleep: spinning ones take the cores of whoever works.
    private static readonly KeyValuePair<string, string> PassiveWait = new("OMP_WAIT_POLICY", "passive");

    /// <summary>
    /// x64 with AVX2, one thread: the same bytes on CPUs of AMD and Intel, with AVX-512 or without, on any number of cores,
    /// given that no random numbers of torch and no square roots are used.
    /// </summary>
    public static NumericsClass CpuPortable { get; } = new(
        "cpu-portable-1",
        Threads: 1,
        Capability: "AVX2",
        FrozenDictionary.ToFrozenDictionary(
        [
            new("ATEN_CPU_CAPABILITY", "avx2"),
            new("ONEDNN_MAX_CPU_ISA", "AVX2"),
            new("MKL_CBWR", "COMPATIBLE"),
            PassiveWait,
        ]));

    /// <summary>arm64, one thread. Never the bytes of <see cref="CpuPortable"/>.</summary>
    public static NumericsClass CpuArm { get; } = new(
        "cpu-arm64-1", Threads: 1, Capability: null, FrozenDictionary.ToFrozenDictionary([PassiveWait]));

    /// <summary>All classes.</summary>
    public static ImmutableArray<NumericsClass> All { get; } = [CpuPortable, CpuArm];

    /// <summary>The class of a machine.</summary>
    /// <returns>The class, or <c>MSLIM2007</c> where the CPU cannot hold it.</returns>
    public static Result<NumericsClass> Of(HostPlatform host)
    {
        if (host.Rid.EndsWith("-arm64", StringComparison.Ordinal))
        {
            return CpuArm;
        }

        return host.HasAvx2
            ? CpuPortable
            : DiagnosticCodes.CpuUnsupported.Says(
                $"fine-tuning computes as {CpuPortable.Name}, which needs a CPU with AVX2 and FMA; fine-tune on another machine " +
                "and share the result, or prune without fine-tuning (epochs: 0).");
    }
}
