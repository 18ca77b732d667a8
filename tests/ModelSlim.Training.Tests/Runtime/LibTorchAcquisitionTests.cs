using ModelSlim.Core.Diagnostics;
using ModelSlim.Training.Runtime;
using ModelSlim.Training.Tests.Worker;
using ModelSlim.Training.Worker;

namespace ModelSlim.Training.Tests.Runtime;

/// <summary>Fetches libtorch through NuGet, from what this repository's own restore has left on the machine.</summary>
public sealed class LibTorchAcquisitionTests : IDisposable
{
    private static readonly HostPlatform Host = HostPlatform.Detect();
    private readonly JobFolder folder = JobFolder.Create();
    private readonly JobFolder cache = JobFolder.Create();
    private readonly List<StageProgress> reported = [];

    public void Dispose()
    {
        folder.Dispose();
        cache.Dispose();
    }

    [Fact]
    public async Task Fills_an_empty_package_folder_and_loads_from_it()
    {
        using var harness = new WorkerHarness { Variables = new() { ["XDG_CACHE_HOME"] = cache.Path } };
        var installed = Path.GetFullPath(Path.Combine(WorkerHarness.LibTorch.Path, "..", "..", "..", "..", ".."));
        Assert.SkipUnless(WorkerHarness.LibTorch.Origin == LibTorchOrigin.Package, "libtorch is no package here.");
        WriteConfiguration(source: installed);

        var fetched = await ObtainAsync(offline: false);

        Assert.Empty(fetched.Diagnostics);
        Assert.StartsWith(folder.Of("packages"), fetched.Value!.Path);
        Assert.Equal([0L, 1L], reported.Select(step => step.Done));
        Assert.Equal(fetched.Value, (await ObtainAsync(offline: true)).Value);

        // The library of TorchSharp in the output is the one of the package, whatever this machine's loader thinks of it.
        if (OperatingSystem.IsLinux())
        {
            var shipped = TestLibraries.TorchSharpForLinux();
            Assert.Contains(new ElfImage(shipped).Needs, need => need is { Version: "GLIBCXX_3.4.32", IsWeak: false });
        }

        var answer = await harness.ProbeAsync(fetched.Value);

        var provided = StandardLibrary.Detect()?.Versions;
        var mended = provided is not null && !provided.Contains("GLIBCXX_3.4.32");
        Assert.Equal(mended ? ["GLIBCXX_3.4.32"] : [], answer.Relaxed);
        Assert.Equal(mended ? 1 : 0, Directory.GetFiles(cache.Path, "*", SearchOption.AllDirectories).Length);
        Assert.Empty(Directory.EnumerateFiles(AppContext.BaseDirectory, "*torch_cpu*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Offline_it_fetches_nothing()
    {
        Assert.SkipWhen(Host.LibTorchPackage is null, "There is no libtorch for this machine.");
        var result = await ObtainAsync(offline: true);
        Assert.Equal(DiagnosticCodes.LibTorchMissing, Assert.Single(result.Diagnostics).Descriptor);
        Assert.Empty(reported);
    }

    [Fact]
    public async Task Says_what_NuGet_says_where_no_source_has_it()
    {
        Assert.SkipWhen(Host.LibTorchPackage is null, "There is no libtorch for this machine.");
        WriteConfiguration(source: Directory.CreateDirectory(folder.Of("empty")).FullName);
        var diagnostic = Assert.Single((await ObtainAsync(offline: false)).Diagnostics);
        Assert.Equal(DiagnosticCodes.LibTorchFetchFailed, diagnostic.Descriptor);
        Assert.Contains("NU1101", diagnostic.Message);
        Assert.DoesNotContain("modelslim-restore", diagnostic.Message);
        Assert.DoesNotContain('\n', diagnostic.Message);
    }

    [Fact]
    public async Task Cancelling_leaves_nothing_behind()
    {
        Assert.SkipWhen(Host.LibTorchPackage is null, "There is no libtorch for this machine.");
        WriteConfiguration(source: Directory.CreateDirectory(folder.Of("empty")).FullName);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        cancel.CancelAfter(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ObtainAsync(offline: false, cancel.Token));
        Assert.False(Directory.Exists(folder.Of("packages")));
    }

    private Task<Result<LibTorchDirectory>> ObtainAsync(bool offline, CancellationToken? cancellation = null)
    {
        var environment = WorkerProcess.CurrentEnvironment().ToDictionary();
        environment["NUGET_PACKAGES"] = folder.Of("packages");
        environment.Remove(LibTorchLocator.Variable);
        return new LibTorchAcquisition(Host, environment, DotnetHost.Find(Environment.GetEnvironmentVariable)).ObtainAsync(
            named: null, folder.Path, offline, new ProgressRecorder(reported), cancellation ?? TestContext.Current.CancellationToken);
    }

    private void WriteConfiguration(string source) => File.WriteAllText(
        folder.Of("nuget.config"),
        $"<configuration><packageSources><clear /><add key='local' value='{source}' /></packageSources></configuration>");
}
