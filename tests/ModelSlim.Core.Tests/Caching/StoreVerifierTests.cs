namespace ModelSlim.Core.Tests.Caching;

public sealed class StoreVerifierTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void A_sound_store_is_said_to_be_one_and_stays_as_it_is()
    {
        using var test = Store();

        var check = test.Store.Verify(cancellationToken: Token);

        Assert.Equal((3, 4, 9 + 9 + 9 + 6L), (check.Records, check.Contents, check.Bytes));
        Assert.Empty(check.Damaged);
        Assert.All(["a", "b", "c"], name => Assert.NotNull(test.Get(name).Artifact));
    }

    [Fact]
    public void What_no_record_names_is_counted_apart()
    {
        using var test = Store();
        File.Delete(test.Record("b"));

        var check = test.Store.Verify(cancellationToken: Token);

        Assert.Equal((2, 3, 9 + 9 + 6L), (check.Records, check.Contents, check.Bytes));
        Assert.Equal((1, 9L), (check.Loose, check.LooseBytes));
    }

    [Fact]
    public void A_flipped_bit_in_any_file_is_found_and_the_rest_stays()
    {
        using var pattern = Store();
        var count = pattern.Files("cas").Length + pattern.Files("ac").Length;
        for (var file = 0; file < count; file++)
        {
            foreach (var damage in (Action<string>[])[Flip, path => File.WriteAllText(path, ""), path => File.AppendAllText(path, "!"), File.Delete])
            {
                using var test = Store();
                string[] files = [.. test.Files("cas").Concat(test.Files("ac")).Order(StringComparer.Ordinal)];
                damage(files[file]);

                var check = test.Store.Verify(cancellationToken: Token);

                // A record that is gone is no damage: nobody can tell that it was there.
                var isRecord = files[file].Contains($"{Path.DirectorySeparatorChar}ac{Path.DirectorySeparatorChar}", StringComparison.Ordinal);
                var isGone = damage == File.Delete;
                Assert.Equal(isRecord && isGone, check.Damaged.IsEmpty);
                Assert.All(check.Damaged, entry => Assert.True(entry.IsSetAside));
                Assert.Empty(test.Store.Verify(cancellationToken: Token).Damaged);
                Assert.All(test.Store.List(), record => Assert.NotNull(test.Store.TryGet(record.Fingerprint, Token).Artifact));
                Assert.Equal(check.Records, test.Store.List().Length);
            }
        }
    }

    [Fact]
    public void A_file_that_is_no_content_is_damage()
    {
        using var test = Store();
        File.WriteAllText(Path.Combine(test.Root, "v1", "cas", "notes.txt"), "x");
        File.Copy(test.Content("content a"), Path.Combine(test.Root, "v1", "cas", Path.GetFileName(test.Content("content a"))));

        Assert.Equal(2, test.Store.Verify(cancellationToken: Token).Damaged.Length);
        Assert.Empty(test.Store.Verify(cancellationToken: Token).Damaged);
        Assert.NotNull(test.Get("a").Artifact);
    }

    private static StoreCase Store()
    {
        var test = new StoreCase();
        foreach (var name in (string[])["a", "b", "c"])
        {
            test.Put(name, $"content {name}", "shared").Dispose();
        }

        return test;
    }

    private static void Flip(string path)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 4;
        File.WriteAllBytes(path, bytes);
    }
}
