using System.Text;
using ModelSlim.Core.Caching;
using ModelSlim.Core.Fingerprints;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Caching;

public sealed class ArtifactStoreTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void What_was_put_is_found_by_every_store_on_the_folder()
    {
        using var test = new StoreCase();
        test.Put("a", "model", "report");

        var found = test.Open().TryGet(StoreCase.Key("a"), Token).Artifact!;

        Assert.Equal(["0", "1"], found.Record.Outputs.Select(output => output.Name));
        Assert.Equal(StoreCase.Key("a").Entries, found.Record.Fingerprint.Entries);
        Assert.Equal("report"u8.ToArray(), found.Read("1", Token));
        Assert.Null(found.Deliver("0", test.Target(), Token));
        Assert.Equal("model", File.ReadAllText(test.Target()));
        Assert.Throws<ArgumentException>(() => found.Deliver("2", test.Target(), Token));
    }

    [Fact]
    public void A_content_leads_to_what_it_was_made_from_unless_it_was_left_as_it_was()
    {
        using var test = new StoreCase();
        var (slim, same) = (ContentDigest.Of("slim"u8), ContentDigest.Of("same"u8));
        test.Put("a", "slim", "report").Dispose();
        var unchanged = new FingerprintBuilder().Add("name", "b").Add("model/model", same.ToString()).Build();
        test.Store.Put(unchanged, [StoreCase.Output("same")], Token).Artifact!.Dispose();

        Assert.Equal(StoreCase.Key("a").Key, test.Store.MakerOf(slim)?.Fingerprint.Key);
        Assert.Null(test.Store.MakerOf(same));
        Assert.Null(test.Store.MakerOf(ContentDigest.Of("other"u8)));
    }

    [Fact]
    public void Another_key_is_a_miss_without_a_word()
    {
        using var test = new StoreCase();
        test.Put("a", "model");

        var answer = test.Get("b");

        Assert.Null(answer.Artifact);
        Assert.Empty(answer.Diagnostics);
    }

    [Fact]
    public void A_store_behind_a_link_is_as_good_as_any()
    {
        using var test = new StoreCase();
        test.Put("a", "model").Dispose();
        Directory.CreateSymbolicLink(test.Target("link"), test.Root);

        var opened = ArtifactStore.Open(test.Target("link"));

        Assert.Empty(opened.Diagnostics);
        using var found = opened.Value!.TryGet(StoreCase.Key("a"), Token).Artifact!;
        Assert.Equal("model"u8.ToArray(), found.Read("0", Token));
    }

    [Fact]
    public void The_first_result_of_a_key_stays()
    {
        using var test = new StoreCase();
        test.Put("a", "first");

        var second = test.Put("a", "second");

        Assert.Equal("first"u8.ToArray(), second.Read("0", Token));
    }

    [Fact]
    public void A_result_made_anew_on_purpose_takes_its_place()
    {
        using var test = new StoreCase();
        test.Put("a", "first");

        test.Store.Replace(StoreCase.Key("a"), [StoreCase.Output("second", "0")], Token);

        Assert.Equal("second"u8.ToArray(), test.Get("a").Artifact!.Read("0", Token));
    }

    [Fact]
    public void Equal_contents_are_kept_once()
    {
        using var test = new StoreCase();
        test.Put("a", "same", "same");
        test.Put("b", "same");

        Assert.Single(test.Files("cas"));
        Assert.Equal(2, test.Files("ac").Length);
        Assert.Empty(test.Files("tmp"));
    }

    [Fact]
    public void A_flipped_bit_anywhere_is_never_delivered()
    {
        using var test = new StoreCase();
        foreach (var part in new[] { "cas", "ac" })
        {
            for (var at = 0; at < 40; at++)
            {
                test.Put("a", "some content of forty characters, or so.");
                var path = Assert.Single(test.Files(part));
                var bytes = File.ReadAllBytes(path);
                bytes[at * bytes.Length / 40] ^= 1;
                File.WriteAllBytes(path, bytes);

                test.AssertHeals("a", "some content of forty characters, or so.");
            }
        }

        Assert.True(test.Files("bad").Length >= 80);
    }

    [Theory]
    [InlineData("cas", 0)]
    [InlineData("cas", 3)]
    [InlineData("ac", 0)]
    [InlineData("ac", 40)]
    [InlineData("ac", 200)]
    public void A_file_cut_short_is_never_delivered(string part, int length)
    {
        using var test = new StoreCase();
        test.Put("a", "content").Dispose();
        using (var file = File.OpenWrite(Assert.Single(test.Files(part))))
        {
            file.SetLength(length);
        }

        test.AssertHeals("a", "content");
    }

    [Fact]
    public void A_content_with_something_after_it_is_never_delivered()
    {
        using var test = new StoreCase();
        test.Put("a", "content");
        File.AppendAllText(test.Content("content"), "!");

        test.AssertHeals("a", "content");
    }

    [Fact]
    public void Swapped_contents_are_never_delivered()
    {
        using var test = new StoreCase();
        test.Put("a", "content a");
        test.Put("b", "content b");
        File.Move(test.Content("content a"), test.Target("aside"));
        File.Move(test.Content("content b"), test.Content("content a"));
        File.Move(test.Target("aside"), test.Content("content b"));

        test.AssertHeals("a", "content a");
        test.AssertHeals("b", "content b");
    }

    [Fact]
    public void A_record_without_its_content_is_a_miss()
    {
        using var test = new StoreCase();
        test.Put("a", "content");
        File.Delete(test.Content("content"));

        test.AssertHeals("a", "content");
    }

    [Fact]
    public void The_record_of_another_key_is_a_miss()
    {
        using var test = new StoreCase();
        test.Put("a", "content a").Dispose();
        test.Put("b", "content b").Dispose();
        File.Copy(test.Record("b"), test.Record("a"), overwrite: true);

        test.AssertHeals("a", "content a");
        Assert.NotNull(test.Get("b").Artifact);
    }

    [Fact]
    public void A_record_that_was_edited_with_care_is_a_miss()
    {
        using var test = new StoreCase();
        test.Put("a", "content a");
        test.Put("b", "content b");

        // Key and digest line are made to fit; the entries still tell that it belongs to another fingerprint.
        var text = File.ReadAllText(test.Record("b")).Replace(StoreCase.Key("b").Key, StoreCase.Key("a").Key, StringComparison.Ordinal);
        var body = text[..^65];
        File.WriteAllText(test.Record("a"), body + ContentDigest.Of(Encoding.UTF8.GetBytes(body)).Sha256 + "\n");

        test.AssertHeals("a", "content a");
    }

    [Theory]
    [InlineData("\"outputs\":[null]")]
    [InlineData("\"fingerprint\":[null]")]
    public void A_record_with_nothing_where_something_must_be_is_a_miss(string part)
    {
        using var test = new StoreCase();
        test.Put("a", "content a").Dispose();
        var body = $"{{\"key\":\"{StoreCase.Key("a").Key}\",\"outputs\":[],\"fingerprint\":[],{part}}}\n";
        File.WriteAllText(test.Record("a"), body + ContentDigest.Of(Encoding.UTF8.GetBytes(body)).Sha256 + "\n");

        Assert.Empty(test.Store.List());
        test.AssertHeals("a", "content a");
    }

    [Fact]
    public void A_record_as_large_as_no_record_is_takes_no_memory()
    {
        using var test = new StoreCase();
        test.Put("a", "content a").Dispose();
        using (var file = File.OpenWrite(test.Record("a")))
        {
            file.SetLength(3L << 30);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Empty(test.Store.List());
        test.AssertHeals("a", "content a");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 << 20);
    }

    [Fact]
    public void A_content_damaged_after_the_look_up_is_not_delivered()
    {
        using var test = new StoreCase();
        var artifact = test.Put("a", "content");
        File.WriteAllText(test.Target(), "the good model of before");
        File.WriteAllText(test.Content("content"), "CONTENT");

        Assert.Equal("MSLIM3013", artifact.Deliver("0", test.Target(), Token)!.Code);
        Assert.Equal("the good model of before", File.ReadAllText(test.Target()));
        Assert.Null(artifact.Read("0", Token));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(test.Target())!));
    }

    [Fact]
    public void Stores_of_other_versions_are_left_alone()
    {
        using var test = new StoreCase();
        test.Put("a", "content");
        var other = Path.Combine(test.Root, "v2", "ac");
        Directory.CreateDirectory(other);
        File.WriteAllText(Path.Combine(other, "record"), "of the future");

        Assert.Single(test.Store.List());
        test.Store.Clear();

        Assert.True(File.Exists(Path.Combine(other, "record")));
    }

    [Fact]
    public void The_list_has_every_sound_record_by_key()
    {
        using var test = new StoreCase();
        string[] names = ["a", "b", "c"];
        foreach (var name in names)
        {
            test.Put(name, name);
        }

        File.WriteAllText(test.Record("b"), "damaged");

        var expected = new[] { StoreCase.Key("a").Key, StoreCase.Key("c").Key }.Order(StringComparer.Ordinal);
        Assert.Equal(expected, test.Store.List().Select(record => record.Fingerprint.Key));
        Assert.All(test.Store.List(), record => Assert.Equal(1, record.Size));
    }

    [Fact]
    public void Clear_leaves_nothing_and_tells_how_much_it_was()
    {
        using var test = new StoreCase();
        test.Put("a", "content");
        var record = new FileInfo(test.Record("a")).Length;

        Assert.Equal(record + "content".Length, test.Store.Clear());

        Assert.Empty(test.Files("."));
        Assert.Null(test.Get("a").Artifact);
        test.Put("a", "content");
    }

    [Fact]
    public void What_is_unfinished_is_there_for_whoever_goes_on_until_it_is_finished()
    {
        using var test = new StoreCase();
        var folder = test.Store.Begin(StoreCase.Key("a"))!;
        File.WriteAllText(Path.Combine(folder, "progress"), "half");

        Assert.Equal(folder, test.Open().Begin(StoreCase.Key("a")));
        Assert.NotEqual(folder, test.Store.Begin(StoreCase.Key("b")));
        Assert.Equal("half", File.ReadAllText(Path.Combine(folder, "progress")));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        }

        test.Store.Finish(StoreCase.Key("a"));
        test.Store.Finish(StoreCase.Key("none"));

        Assert.False(Directory.Exists(folder));
        Assert.Null(test.Get("a").Artifact);
    }

    [Fact]
    public void What_nobody_went_on_with_for_long_goes()
    {
        using var test = new StoreCase();
        foreach (var (name, days) in new[] { ("old", 15), ("new", 13) })
        {
            var file = Path.Combine(test.Store.Begin(StoreCase.Key(name))!, name);
            File.WriteAllText(file, "half");
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddDays(-days));
        }

        test.Open();
        Assert.Equal(["new"], test.Files("unfinished").Select(Path.GetFileName));

        Assert.Equal("half".Length, test.Store.Clear());
        Assert.Empty(test.Files("unfinished"));
    }

    [Fact]
    public void A_failed_write_leaves_nothing()
    {
        using var test = new StoreCase();
        var answer = test.Store.Put(
            StoreCase.Key("a"), [new NewOutput("0", _ => throw new IOException("No space left on device"))], Token);

        Assert.Null(answer.Artifact);
        Assert.Equal("MSLIM3014", Assert.Single(answer.Diagnostics).Code);
        Assert.Empty(test.Files("."));
    }

    [Fact]
    public void A_store_that_cannot_be_written_says_so_once()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("store", "not a folder");

        var opened = ArtifactStore.Open(file);

        Assert.Equal("MSLIM3011", Assert.Single(opened.Diagnostics).Code);
        var store = opened.Value!;
        Assert.Equivalent(new StoreAnswer(null, []), store.TryGet(StoreCase.Key("a"), Token));
        Assert.Equivalent(new StoreAnswer(null, []), store.Put(StoreCase.Key("a"), [StoreCase.Output("content")], cancellationToken: Token));
        Assert.Empty(store.List());
        Assert.Equal("not a folder", File.ReadAllText(file));
    }

    [Fact]
    public async Task A_store_that_cannot_be_written_keeps_nobody_waiting()
    {
        using var folder = new TemporaryFolder();
        var store = ArtifactStore.Open(folder.Write("store", "not a folder")).Value!;

        using var first = await store.AcquireAsync(StoreCase.Key("a"), cancellationToken: Token);
        using var second = await store.AcquireAsync(StoreCase.Key("a"), cancellationToken: Token);

        Assert.NotNull(second);
    }

    [Fact]
    public void Left_overs_of_killed_processes_are_swept_once_they_are_old()
    {
        using var test = new StoreCase();
        var old = Path.Combine(test.Root, "v1", "tmp", "old");
        var young = Path.Combine(test.Root, "v1", "tmp", "young");
        var used = Path.Combine(test.Root, "v1", "tmp", "used");
        File.WriteAllText(old, "half");
        File.WriteAllText(young, "half");
        using var writer = new FileStream(used, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddDays(-1));
        File.SetLastWriteTimeUtc(used, DateTime.UtcNow.AddDays(-1));

        test.Open();

        Assert.Equal([used, young], test.Files("tmp").Order(StringComparer.Ordinal));
    }
}
