using ModelSlim.Core.Caching;

namespace ModelSlim.Core.Tests.Caching;

public sealed class StoreCollectorTests
{
    private static readonly StoreLimits Nothing = new(0);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void What_was_used_longest_ago_goes_first()
    {
        using var test = new StoreCase();
        PutAll(test, "a", "b", "c");
        var later = new ManualTime();
        later.Advance(TimeSpan.FromHours(1));
        using (test.Open(later).TryGet(StoreCase.Key("a"), Token).Artifact)
        {
        }

        later.Advance(TimeSpan.FromHours(1));
        using (test.Open(later).TryGet(StoreCase.Key("c"), Token).Artifact)
        {
        }

        var before = Size(test);
        var collection = test.Open(later).Collect(new StoreLimits(before - 1), Token);

        Assert.Equal([StoreCase.Key("b").Key], collection.Removed);
        Assert.Equal((2, 0, false), (collection.Kept, collection.InUse, collection.WasBusy));
        Assert.Equal((before - Size(test), Size(test)), (collection.Bytes, collection.BytesKept));
        Assert.Equal([StoreCase.Key("a").Key], test.Open(later).Collect(new StoreLimits(Size(test) - 1), Token).Removed);
        Assert.NotNull(test.Get("c").Artifact);
        Assert.Empty(test.Get("a").Diagnostics);
    }

    [Fact]
    public void What_another_result_has_too_stays_with_it()
    {
        using var test = new StoreCase();
        test.Put("a", "shared", "own a").Dispose();
        var later = new ManualTime();
        later.Advance(TimeSpan.FromHours(1));
        test.Open(later).Put(StoreCase.Key("b"), [StoreCase.Output("shared", "0")], Token).Artifact!.Dispose();

        Assert.Equal([StoreCase.Key("a").Key], test.Open(later).Collect(new StoreLimits(Size(test) - 1), Token).Removed);

        Assert.Equal("shared"u8.ToArray(), test.Get("b").Artifact!.Read("0", Token));
        Assert.Single(test.Files("cas"));
    }

    [Fact]
    public void What_somebody_uses_stays_whatever_the_limit()
    {
        using var test = new StoreCase();
        test.Put("a", "content").Dispose();
        var used = test.Get("a").Artifact!;

        var collection = test.Open().Collect(new StoreLimits(0, TimeSpan.FromTicks(-1)), Token);

        Assert.Equal((0, 1, 1), (collection.Removed.Length, collection.Kept, collection.InUse));
        Assert.Equal("content"u8.ToArray(), used.Read("0", Token));
        used.Dispose();
        Assert.Equal([StoreCase.Key("a").Key], test.Open().Collect(Nothing, Token).Removed);
        Assert.Empty(test.Files("."));
    }

    [Fact]
    public void Only_what_was_not_used_for_long_goes_by_age()
    {
        using var test = new StoreCase();
        PutAll(test, "a", "b");
        var time = new ManualTime();
        time.Advance(TimeSpan.FromDays(20));
        using (test.Open(time).TryGet(StoreCase.Key("b"), Token).Artifact)
        {
        }

        time.Advance(TimeSpan.FromDays(11));

        Assert.Equal([StoreCase.Key("a").Key], test.Open(time).Collect(new StoreLimits(null, TimeSpan.FromDays(30)), Token).Removed);
        Assert.Empty(test.Open(time).Collect(new StoreLimits(null, TimeSpan.FromDays(30)), Token).Removed);
    }

    [Fact]
    public void A_clock_that_was_years_ahead_for_a_while_keeps_nothing_for_years()
    {
        using var test = new StoreCase();
        test.Put("a", "content").Dispose();
        var wrong = new ManualTime();
        wrong.Advance(TimeSpan.FromDays(3650));
        using (test.Open(wrong).TryGet(StoreCase.Key("a"), Token).Artifact)
        {
        }

        var right = new ManualTime();
        var limits = new StoreLimits(null, TimeSpan.FromDays(30));
        Assert.Empty(test.Open(right).Collect(limits, Token).Removed);
        right.Advance(TimeSpan.FromDays(31));

        Assert.Single(test.Open(right).Collect(limits, Token).Removed);
    }

    [Fact]
    public void Damaged_files_and_what_belongs_to_no_result_go_before_any_result()
    {
        using var test = new StoreCase();
        test.Put("a", "content a").Dispose();
        test.Put("b", "content b").Dispose();
        File.WriteAllText(test.Content("content b"), "CONTENT B");
        Assert.Null(test.Get("b").Artifact);
        Assert.Equal(2, test.Files("bad").Length);
        test.Put("c", "content c").Dispose();
        File.Delete(test.Record("c"));

        var collection = test.Open().Collect(new StoreLimits(Size(test) - 1), Token);

        Assert.Empty(collection.Removed);
        Assert.Equal(test.Content("content a"), Assert.Single(test.Files("cas")));
        Assert.NotNull(test.Get("a").Artifact);
        Assert.Equal([Path.GetFileName(test.Record("a"))], test.Files("used").Select(Path.GetFileName));
    }

    [Fact]
    public void A_record_that_cannot_be_read_keeps_all_contents()
    {
        using var test = new StoreCase();
        test.Put("a", "content a").Dispose();
        test.Put("b", "content b").Dispose();
        using (new FileStream(test.Record("b"), FileMode.Open, FileAccess.Read, FileShare.None))
        {
            Assert.Equal((1, 1), (test.Open().Collect(Nothing, Token).Removed.Length, test.Files("ac").Length));
        }

        Assert.Equal("content b"u8.ToArray(), test.Get("b").Artifact!.Read("0", Token));
    }

    [Fact]
    public void Nothing_is_removed_while_somebody_puts_in()
    {
        using var test = new StoreCase();
        var other = test.Open();
        test.Store.Put(
            StoreCase.Key("a"),
            [
                StoreCase.Output("first", "0"),
                new NewOutput("1", stream =>
                {
                    other.Trim(0, Token);
                    stream.Write("second"u8);
                }),
            ],
            Token).Artifact!.Dispose();

        Assert.Equal("first"u8.ToArray(), test.Get("a").Artifact!.Read("0", Token));
        var collection = test.Open().Collect(new StoreLimits(null), Token);
        Assert.Equal((1, false), (collection.Kept, collection.WasBusy));
    }

    [Fact]
    public void A_store_that_grows_over_its_limit_is_trimmed_to_nine_tenths_of_it()
    {
        using var test = new StoreCase();
        PutAll(test, [.. Enumerable.Range(0, 20).Select(number => $"{number}")]);
        var size = Size(test);

        test.Store.Trim(null, Token);
        test.Store.Trim(size, Token);
        Assert.Equal(size, Size(test));
        test.Store.Trim(size - 1, Token);

        Assert.InRange(Size(test), size * 8 / 10, (size - 1) * 9 / 10);
    }

    [Fact]
    public void A_use_that_cannot_be_noted_is_a_hit_like_any_other()
    {
        using var test = new StoreCase();
        test.Put("a", "content").Dispose();
        Directory.Delete(Path.Combine(test.Root, "v1", "used"), recursive: true);
        File.WriteAllText(Path.Combine(test.Root, "v1", "used"), "no folder");

        var answer = test.Get("a");

        Assert.Empty(answer.Diagnostics);
        Assert.Equal("content"u8.ToArray(), answer.Artifact!.Read("0", Token));
    }

    [Fact]
    public async Task Others_may_read_put_in_remove_and_be_killed_at_any_moment()
    {
        using var test = new StoreCase();
        var read = 0;
        for (var round = 0; round < 6; round++)
        {
            using var writer = StoreChild.Start(nameof(StoreChild.Put_for_ever), test.Root);
            using var remover = StoreChild.Start(nameof(StoreChild.Trim_for_ever), test.Root);
            await writer.WaitForAsync("put", Token);
            await remover.WaitForAsync("trimmed", Token);
            var until = DateTime.UtcNow.AddMilliseconds(700 + (100 * round));
            while (DateTime.UtcNow < until)
            {
                foreach (var record in test.Store.List())
                {
                    var answer = test.Store.TryGet(record.Fingerprint, Token);
                    Assert.Empty(answer.Diagnostics);
                    if (answer.Artifact is { } artifact)
                    {
                        Assert.All(record.Outputs, output => Assert.NotNull(artifact.Read(output.Name, Token)));
                        artifact.Dispose();
                        read++;
                    }
                }
            }

            writer.Kill();
            remover.Kill();
            Assert.Empty(test.Open().Verify(cancellationToken: Token).Damaged);
        }

        Assert.True(read > 20, $"Only {read} results were read.");
        test.Open().Collect(Nothing, Token);
        Assert.Empty(test.Files("ac"));
        Assert.Empty(test.Files("cas"));
        Assert.Empty(test.Files("used"));
    }

    private static void PutAll(StoreCase test, params string[] names)
    {
        foreach (var name in names)
        {
            test.Put(name, name + new string('x', 2000)).Dispose();
        }
    }

    private static long Size(StoreCase test) => test.Files("cas").Concat(test.Files("ac")).Concat(test.Files("bad")).Sum(path => new FileInfo(path).Length);
}
