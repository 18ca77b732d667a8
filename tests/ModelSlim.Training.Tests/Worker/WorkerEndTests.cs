using ModelSlim.Training.Worker;

namespace ModelSlim.Training.Tests.Worker;

public sealed class WorkerEndTests
{
    [Theory]
    [InlineData(139, false, "SIGSEGV")]
    [InlineData(137, false, "memory ran out")]
    [InlineData(132, false, "instruction that this CPU does not have")]
    [InlineData(134, false, "SIGABRT")]
    [InlineData(143, false, "SIGTERM")]
    [InlineData(unchecked((int)0xC0000005), true, "access violation")]
    [InlineData(unchecked((int)0xC000001D), true, "instruction that this CPU does not have")]
    [InlineData(3, false, "exit code 3")]
    public void Names_how_a_worker_ended(int exitCode, bool windows, string words)
    {
        var diagnostic = WorkerEnd.Describe(exitCode, windows, "fine-tune 7/90", "the last line");
        Assert.Equal("MSLIM2009", diagnostic.Code);
        Assert.Contains(words, diagnostic.Message);
        Assert.Contains("after fine-tune 7/90", diagnostic.Message);
        Assert.EndsWith("the last line", diagnostic.Message);
        Assert.Contains("before it reported a step", WorkerEnd.Describe(exitCode, windows, null, null).Message);
    }
}
