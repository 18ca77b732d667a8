using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ModelSlim.Core.Diagnostics;
using TorchSharp;

namespace ModelSlim.Training.Runtime;

/// <summary>Holds this process to a numerics class, and reads back from libtorch that it is held.</summary>
/// <param name="environment">Looks up environment variables of this process.</param>
internal sealed class TorchNumerics(Func<string, string?> environment)
{
    // MKL_CBWR_BRANCH and MKL_CBWR_COMPATIBLE of mkl_types.h.
    private const int MklBranch = 1;
    private const int MklCompatible = 3;

    /// <summary>Sets the number of threads and checks everything else.</summary>
    /// <param name="numerics">The class.</param>
    /// <param name="runtime">libtorch, loaded.</param>
    /// <returns>What was read back, or <c>MSLIM2008</c>.</returns>
    public Result<NumericsReading> Hold(NumericsClass numerics, TorchRuntime runtime)
    {
        torch.set_num_threads(numerics.Threads);
        torch.set_num_interop_threads(1);
        var reading = new NumericsReading(
            torch.get_num_threads(), ReadCapability(runtime), ReadMklBranch(runtime));

        var broken = ImmutableArray.CreateBuilder<string>();
        foreach (var (name, value) in numerics.Pins.OrderBy(pin => pin.Key, StringComparer.Ordinal))
        {
            if (environment(name) != value)
            {
                broken.Add($"{name} is {environment(name) ?? "not set"} rather than {value}");
            }
        }

        if (reading.Threads != numerics.Threads)
        {
            broken.Add($"torch uses {reading.Threads} threads rather than {numerics.Threads}");
        }

        if (numerics.Capability is { } wanted && reading.Capability is { } capability && capability != wanted)
        {
            broken.Add($"libtorch computes with {capability} rather than {wanted}");
        }

        if (numerics.Pins.ContainsKey("MKL_CBWR") && reading.MklBranch is { } branch && branch != MklCompatible)
        {
            broken.Add($"MKL computes in mode {branch} rather than {MklCompatible}");
        }

        return broken.Count == 0
            ? reading
            : DiagnosticCodes.NumericsNotHeld.Says($"{numerics.Name} does not hold: {string.Join("; ", broken)}.");
    }

    // std::string at::get_cpu_capability(), whose result is written through a hidden first argument.
    private static unsafe string? ReadCapability(TorchRuntime runtime)
    {
        var name = OperatingSystem.IsWindows()
            ? "?get_cpu_capability@at@@YA?AV?$basic_string@DU?$char_traits@D@std@@V?$allocator@D@2@@std@@XZ"
            : "_ZN2at18get_cpu_capabilityB5cxx11Ev";
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64 || Export(runtime, name) is not { } address)
        {
            return null;
        }

        var text = stackalloc byte[32];
        ((delegate* unmanaged<byte*, void>)address)(text);

        // libstdc++: pointer, length. Visual C++: 16 bytes of text or a pointer, length, capacity.
        return OperatingSystem.IsWindows()
            ? Marshal.PtrToStringUTF8(*(long*)(text + 24) < 16 ? (nint)text : *(nint*)text, (int)*(long*)(text + 16))
            : Marshal.PtrToStringUTF8(*(nint*)text, (int)*(long*)(text + 8));
    }

    // Only libtorch for Linux exports MKL's function.
    private static unsafe int? ReadMklBranch(TorchRuntime runtime) =>
        Export(runtime, "mkl_serv_cbwr_get") is { } address ? ((delegate* unmanaged<int, int>)address)(MklBranch) : null;

    private static nint? Export(TorchRuntime runtime, string name)
    {
        var library = Directory.EnumerateFiles(runtime.LibTorch.Path, "*torch_cpu.*")
            .First(file => Path.GetExtension(file) is ".so" or ".dll" or ".dylib");
        return NativeLibrary.TryGetExport(NativeLibrary.Load(library), name, out var address) ? address : null;
    }
}
