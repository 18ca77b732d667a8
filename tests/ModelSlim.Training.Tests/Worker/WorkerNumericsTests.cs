using System.Collections.Frozen;
using System.Runtime.InteropServices;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Training.Runtime;
using ModelSlim.Training.Worker;

namespace ModelSlim.Training.Tests.Worker;

public sealed class WorkerNumericsTests
{
    private static readonly Lazy<Task<ProbeJob.Answer>> Clean = new(async () =>
    {
        using var harness = new WorkerHarness();
        return await harness.ProbeAsync();
    });

    [Fact]
    public async Task The_portable_class_gives_the_bytes_that_it_promises()
    {
        var answer = await Clean.Value;
        Assert.Equal(1, answer.Numerics.Threads);
        using var harness = new WorkerHarness();
        Assert.SkipUnless(harness.Numerics == NumericsClass.CpuPortable, "This machine computes in another class.");
        Assert.Equal("AVX2", answer.Numerics.Capability);

        // The same on every machine of the class. Where another value is right, the class needs another name.
        Assert.Equal(NumericsProbe.PortableChecksum, answer.Checksum);
    }

    [Fact]
    public async Task The_floor_class_gives_other_bytes_which_it_promises_too()
    {
        using var harness = new WorkerHarness { Numerics = NumericsClass.CpuFloor };
        Assert.SkipUnless(RuntimeInformation.ProcessArchitecture == Architecture.X64, "The class is for x64.");
        var answer = await harness.ProbeAsync();
        Assert.Equal((1, "DEFAULT"), (answer.Numerics.Threads, answer.Numerics.Capability));
        Assert.Equal(NumericsProbe.FloorChecksum, answer.Checksum);
        Assert.NotEqual(NumericsProbe.PortableChecksum, NumericsProbe.FloorChecksum);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task The_native_class_has_as_many_threads_as_it_is_given(int threads)
    {
        using var harness = new WorkerHarness { Numerics = NumericsClass.CpuNative with { Threads = threads } };
        Assert.Equal(threads, (await harness.ProbeAsync()).Numerics.Threads);
    }

    public static TheoryData<string, string> Hostile() => new()
    {
        { "OMP_DYNAMIC", "true" },
        { "OMP_THREAD_LIMIT", "1" },
        { "ATEN_CPU_CAPABILITY", "avx512" },
        { "ATEN_CPU_CAPABILITY", "default" },
        { "MKL_CBWR", "AVX2" },
        { "ONEDNN_MAX_CPU_ISA", "SSE41" },
        { "LD_PRELOAD", "/no/such/library.so" },
        { "GLIBC_TUNABLES", "glibc.cpu.hwcaps=-AVX2,-FMA" },
        { "DOTNET_STARTUP_HOOKS", "/no/such/hook.dll" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Variables_of_the_shell_change_nothing(string name, string value)
    {
        using var harness = new WorkerHarness
        {
            Variables = new() { ["OMP_NUM_THREADS"] = "4", ["MKL_NUM_THREADS"] = "4", [name] = value },
        };
        var hostile = await harness.ProbeAsync();
        var clean = await Clean.Value;
        Assert.Equal(clean.Checksum, hostile.Checksum);
        Assert.Equal(clean.Numerics, hostile.Numerics);
    }

    [Fact]
    public async Task One_core_gives_the_same_bytes_as_all()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/taskset"), "There is no taskset here.");
        using var folder = JobFolder.Create();
        var wrapper = folder.Of("dotnet");
        await File.WriteAllTextAsync(
            wrapper,
            $"#!/bin/sh\nexec /usr/bin/taskset -c 0 '{DotnetHost.Find(Environment.GetEnvironmentVariable)}' \"$@\"\n",
            TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(wrapper, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        using var harness = new WorkerHarness { Dotnet = wrapper };
        Assert.Equal((await Clean.Value).Checksum, (await harness.ProbeAsync()).Checksum);
    }

    [Fact]
    public async Task A_worker_without_the_pins_refuses_to_work()
    {
        using var harness = new WorkerHarness
        {
            Numerics = NumericsClass.CpuPortable with
            {
                Pins = NumericsClass.CpuPortable.Pins.Where(pin => pin.Key != "MKL_CBWR").ToFrozenDictionary(),
            },
        };
        var result = await harness.RunAsync(1);
        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal(DiagnosticCodes.NumericsNotHeld, diagnostic.Descriptor);
        Assert.Contains("MKL_CBWR is not set", diagnostic.Message);
    }
}
