namespace ModelSlim.Pipeline.Tests;

public sealed class SideBySideTests
{
    [Fact]
    public void Both_are_done_when_it_ends()
    {
        var other = "";
        var result = SideBySide.Run<string>(() => "one", () => other = "other", TestContext.Current.CancellationToken);

        Assert.Equal(("one", "other"), (result.Value, other));
    }

    [Fact]
    public void One_that_was_cancelled_cancels_it()
    {
        using var source = new CancellationTokenSource();

        Assert.ThrowsAny<OperationCanceledException>(() => SideBySide.Run<string>(
            () =>
            {
                source.Cancel();
                source.Token.ThrowIfCancellationRequested();
                return "one";
            },
            () => { },
            source.Token));
    }
}
