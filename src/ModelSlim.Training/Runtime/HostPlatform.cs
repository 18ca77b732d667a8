using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace ModelSlim.Training.Runtime;

/// <summary>The machine that ModelSlim runs on, as far as libtorch cares.</summary>
/// <param name="Rid">Portable runtime identifier, such as <c>linux-x64</c> or <c>linux-musl-x64</c>.</param>
/// <param name="Glibc">Version of the GNU C library; null where there is none.</param>
/// <param name="HasAvx2">True where the CPU has AVX2 and FMA.</param>
public sealed record HostPlatform(string Rid, string? Glibc, bool HasAvx2)
{
    /// <summary>Name of the NuGet package that holds libtorch for this machine; null where there is none.</summary>
    public string? LibTorchPackage => Rid is "linux-x64" or "win-x64" or "osx-arm64" ? $"libtorch-cpu-{Rid}" : null;

    /// <summary>Looks at the machine.</summary>
    public static HostPlatform Detect()
    {
        var glibc = OperatingSystem.IsLinux() ? GlibcVersion() : null;
        var system = OperatingSystem.IsWindows() ? "win"
            : OperatingSystem.IsMacOS() ? "osx"
            : OperatingSystem.IsLinux() ? (glibc is null ? "linux-musl" : "linux")
            : "unknown";
        var architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        return new HostPlatform($"{system}-{architecture}", glibc, Avx2.IsSupported && Fma.IsSupported);
    }

    private static string? GlibcVersion() =>
        NativeLibrary.TryLoad("libc.so.6", out var handle) && NativeLibrary.TryGetExport(handle, "gnu_get_libc_version", out var address)
            ? Marshal.PtrToStringUTF8(Marshal.GetDelegateForFunctionPointer<VersionFunction>(address)())
            : null;

    private delegate nint VersionFunction();
}
