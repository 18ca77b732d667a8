using System.Diagnostics;
using ModelSlim.Core.Recipes;
using ModelSlim.Training.Runtime;
using ModelSlim.Training.Worker;

namespace ModelSlim.Training.Tests.Runtime;

/// <summary>
/// The claim of a numerics class, on a CPU that is not here: QEMU shows libraries the CPU that it is told to, and computes exactly.
/// <c>ModelSlim.Benchmarks -- emulated</c> compares more, on more CPUs.
/// </summary>
public sealed class EmulatedNumericsTests
{
    private static readonly string Program = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "..", "..", "ModelSlim.Emulation", "bin", Configuration, "net10.0", "ModelSlim.Emulation.dll"));

    private static string Configuration => Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory))!);

    [Fact]
    public async Task Every_kernel_gives_the_same_bytes_on_another_CPU()
    {
        var host = HostPlatform.Detect();
        Assert.SkipWhen(host.LibTorchPackage is null || !NumericsClass.Of(host, Numerics.Portable).Succeeded, "Training does not run here.");
        var emulator = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, "qemu-x86_64")));
        Assert.SkipUnless(
            emulator || Environment.GetEnvironmentVariable("MODELSLIM_TEST_QEMU") == "required", "There is no qemu-x86_64; the package is qemu-user.");

        using var comparison = Process.Start(new ProcessStartInfo(DotnetHost.Find(Environment.GetEnvironmentVariable))
        {
            ArgumentList = { "exec", Program, "compare", "few", NumericsClass.CpuPortable.Name, "Haswell-v4" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = comparison.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var said = await comparison.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await comparison.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(comparison.ExitCode == 0, $"{said}\n{await errors}");
    }
}
