using ModelSlim.Core.Diagnostics;
using ModelSlim.Training.Worker;

namespace ModelSlim.Training.Tests.Worker;

public sealed class RuntimeInspectionTests
{
    [Fact]
    public async Task Says_how_this_machine_computes()
    {
        using var harness = new WorkerHarness();
        var facts = await new RuntimeInspection().InspectAsync(
            null, AppContext.BaseDirectory, TestContext.Current.CancellationToken);
        Assert.Empty(facts.Problems);
        Assert.Equal(harness.Numerics.Name, facts.NumericsClass);
        Assert.Equal(WorkerHarness.LibTorch, facts.LibTorch);
        Assert.Equal(harness.Numerics.Threads, facts.Numerics!.Threads);
        Assert.Equal(64, facts.Checksum!.Length);
    }

    [Fact]
    public async Task Says_what_is_missing()
    {
        using var harness = new WorkerHarness();
        var facts = await new RuntimeInspection().InspectAsync(
            harness.Folder.Path, null, TestContext.Current.CancellationToken);
        Assert.Equal(DiagnosticCodes.LibTorchFolderInvalid, Assert.Single(facts.Problems).Descriptor);
        Assert.Null(facts.LibTorch);
        Assert.Null(facts.Checksum);
    }
}
