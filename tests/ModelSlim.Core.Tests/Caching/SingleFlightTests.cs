using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Core.Tests.Caching;

/// <summary>Many who want one result, in this process and in others.</summary>
public sealed class SingleFlightTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Eight_takers_of_a_key_make_it_once()
    {
        using var test = new StoreCase();
        var made = 0;

        async Task<string> Take()
        {
            var store = test.Open();
            using var held = await store.AcquireAsync(StoreCase.Key("a"), cancellationToken: Token);
            var found = store.TryGet(StoreCase.Key("a"), Token).Artifact;
            if (found is null)
            {
                var number = Interlocked.Increment(ref made);
                await Task.Delay(50, Token);
                found = store.Put(StoreCase.Key("a"), [StoreCase.Output($"made by {number}", "0")], Token).Artifact;
            }

            return Convert.ToHexString(found!.Read("0", Token)!);
        }

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(Take, Token)));

        Assert.Equal(1, made);
        Assert.Single(results.Distinct());
    }

    [Fact]
    public async Task Other_keys_do_not_wait()
    {
        using var test = new StoreCase();

        using var one = await test.Store.AcquireAsync(StoreCase.Key("a"), cancellationToken: Token);
        using var other = await test.Store.AcquireAsync(StoreCase.Key("b"), cancellationToken: Token);

        Assert.NotSame(one, other);
    }

    [Fact]
    public async Task The_wait_says_so_and_can_be_cancelled()
    {
        using var test = new StoreCase();
        using var held = await test.Store.AcquireAsync(StoreCase.Key("a"), cancellationToken: Token);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var reports = new List<StageProgress>();

        var waiting = test.Store.AcquireAsync(StoreCase.Key("a"), new Recorder(reports), cancel.Token);
        await Task.Delay(300, Token);
        Assert.False(waiting.IsCompleted);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal("wait", Assert.Single(reports).Stage);
    }

    [Fact]
    public async Task A_killed_holder_lets_go()
    {
        using var test = new StoreCase();
        using var child = StoreChild.Start(nameof(StoreChild.Hold_the_lock), test.Root);
        await child.WaitForAsync("held", Token);
        var waiting = test.Store.AcquireAsync(StoreCase.Key("a"), cancellationToken: Token);
        await Task.Delay(300, Token);
        Assert.False(waiting.IsCompleted);

        child.Kill();

        using var held = await waiting.WaitAsync(TimeSpan.FromSeconds(10), Token);
        Assert.NotNull(held);
    }

    [Fact]
    public async Task A_killed_writer_leaves_nothing_wrong()
    {
        using var test = new StoreCase();
        for (var round = 0; round < 4; round++)
        {
            using var child = StoreChild.Start(nameof(StoreChild.Put_for_ever), test.Root);
            await child.WaitForAsync("put", Token);
            await Task.Delay(20 + (37 * round), Token);
            child.Kill();

            var records = test.Files("ac").Select(Path.GetFileName).ToList();
            Assert.NotEmpty(records);
            Assert.Equal(records.Count, test.Store.List().Length);
            foreach (var record in test.Store.List())
            {
                var answer = test.Store.TryGet(record.Fingerprint, Token);
                Assert.Empty(answer.Diagnostics);
                Assert.NotNull(answer.Artifact);
            }
        }
    }

    private sealed class Recorder(List<StageProgress> reports) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) => reports.Add(value);
    }
}
