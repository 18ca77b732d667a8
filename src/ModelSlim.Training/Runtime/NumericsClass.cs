using System.Collections.Frozen;
using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Training.Runtime;

/// <summary>
/// A way to compute. Its name belongs into every fingerprint of a trained model, so that no two classes share a result.
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
        "cpu-portable-1", Threads: 1, Capability: "AVX2", Held(capability: "avx2", instructions: "AVX2"));

    /// <summary>Any x64, one thread, with the instructions that every one has: the same bytes on all of them, and slower.</summary>
    public static NumericsClass CpuFloor { get; } = new(
        "cpu-floor-1", Threads: 1, Capability: "DEFAULT", Held(capability: "default", instructions: "SSE41"));

    /// <summary>arm64, one thread. Never the bytes of the others.</summary>
    public static NumericsClass CpuArm { get; } = new(
        "cpu-arm64-1", Threads: 1, Capability: null, FrozenDictionary.ToFrozenDictionary([PassiveWait]));

    /// <summary>
    /// All that the CPU has, on all cores: bytes that depend on the CPU and on the number of threads. Who wants them again takes them
    /// from a store or a lock file.
    /// </summary>
    public static NumericsClass CpuNative { get; } = new(
        "cpu-native-1", Threads: Environment.ProcessorCount, Capability: null, FrozenDictionary.ToFrozenDictionary([PassiveWait]));

    /// <summary>All classes.</summary>
    public static ImmutableArray<NumericsClass> All { get; } = [CpuPortable, CpuFloor, CpuArm, CpuNative];

    /// <summary>The class that a recipe asks for, wherever it is computed.</summary>
    public static NumericsClass Of(Numerics numerics) => numerics switch
    {
        Numerics.Floor => CpuFloor,
        Numerics.Native => CpuNative,
        _ => CpuPortable,
    };

    /// <summary>The class in which a machine computes what a recipe asks for.</summary>
    /// <param name="host">The machine.</param>
    /// <param name="numerics">What the recipe asks for.</param>
    /// <param name="threads">Most threads, where the class leaves their number open; null for one a core.</param>
    /// <returns>The class, or <c>MSLIM2007</c> where the CPU cannot hold it.</returns>
    public static Result<NumericsClass> Of(HostPlatform host, Numerics numerics, int? threads = null)
    {
        if (numerics == Numerics.Native)
        {
            return CpuNative with { Threads = threads ?? CpuNative.Threads };
        }

        if (host.Rid.EndsWith("-arm64", StringComparison.Ordinal))
        {
            return CpuArm;
        }

        return numerics == Numerics.Floor || host.HasAvx2
            ? Of(numerics)
            : DiagnosticCodes.CpuUnsupported.Says(
                $"training computes as {CpuPortable.Name}, which needs a CPU with AVX2 and FMA; set finetune.numerics: floor, which every " +
                "x64 CPU holds, train on another machine and share the result, or prune without training.");
    }

    private static FrozenDictionary<string, string> Held(string capability, string instructions) => FrozenDictionary.ToFrozenDictionary(
    [
        new("ATEN_CPU_CAPABILITY", capability),
        new("ONEDNN_MAX_CPU_ISA", instructions),
        new("MKL_CBWR", "COMPATIBLE"),
        PassiveWait,
    ]);
}
