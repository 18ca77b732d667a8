using ModelSlim.Training.Runtime;
using ModelSlim.Training.Worker;

namespace ModelSlim.Training.Tests.Worker;

public sealed class WorkerEnvironmentTests
{
    [Fact]
    public void Passes_folders_on_sets_the_pins_and_drops_everything_else()
    {
        var current = new Dictionary<string, string>
        {
            ["PATH"] = "/bin",
            ["HOME"] = "/home/me",
            ["OMP_DYNAMIC"] = "true",
            ["OMP_WAIT_POLICY"] = "active",
            ["MKL_CBWR"] = "AVX2",
            ["KMP_AFFINITY"] = "x",
            ["ATEN_CPU_CAPABILITY"] = "avx512",
            ["TORCH_SHOW_CPP_STACKTRACES"] = "1",
            ["MALLOC_TRIM_THRESHOLD_"] = "0",
            ["LD_PRELOAD"] = "/x.so",
            ["GLIBC_TUNABLES"] = "glibc.cpu.hwcaps=-AVX2",
            ["DOTNET_STARTUP_HOOKS"] = "/x.dll",
        };
        var worker = WorkerEnvironment.For(current, NumericsClass.CpuPortable);
        Assert.Equal(
            [
                "ATEN_CPU_CAPABILITY=avx2", "DOTNET_EnableDiagnostics=0", "HOME=/home/me", "MALLOC_MMAP_THRESHOLD_=33554432",
                "MALLOC_TOP_PAD_=67108864", "MALLOC_TRIM_THRESHOLD_=4294967296", "MKL_CBWR=COMPATIBLE",
                "OMP_WAIT_POLICY=passive", "ONEDNN_MAX_CPU_ISA=AVX2", "PATH=/bin",
            ],
            worker.Select(variable => $"{variable.Key}={variable.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Collections_stop_the_thread_that_trains()
    {
        var settings = File.ReadAllText(Path.ChangeExtension(typeof(WorkerProcess).Assembly.Location, ".runtimeconfig.json"));
        Assert.Contains("\"System.GC.Concurrent\": false", settings);
    }
}
