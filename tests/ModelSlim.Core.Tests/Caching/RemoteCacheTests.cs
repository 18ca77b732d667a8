using System.Text;
using ModelSlim.Core.Caching;
using ModelSlim.Core.Fingerprints;

namespace ModelSlim.Core.Tests.Caching;

/// <summary>What a remote store says is held against its digests, whatever it is.</summary>
public sealed class RemoteCacheTests : IDisposable
{
    private readonly StoreCase local = new();
    private readonly StoreCase other = new();
    private readonly MemoryRemote remote = new();
    private readonly RemoteCache cache;

    public RemoteCacheTests() => cache = new RemoteCache(remote, writes: true, RecordKeys.None);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Key => StoreCase.Key("a").Key;

    public void Dispose()
    {
        cache.Dispose();
        local.Dispose();
        other.Dispose();
    }

    [Fact]
    public async Task What_one_machine_puts_there_another_one_gets()
    {
        await Share("model", "report");

        var answer = await Fetch();

        Assert.True(answer.Succeeded);
        Assert.Empty(answer.Diagnostics);
        var found = local.Get("a").Artifact!;
        Assert.Equal(StoreCase.Key("a").Entries, found.Record.Fingerprint.Entries);
        Assert.Equal(("model", "report"), (Text(found, "0"), Text(found, "1")));
        Assert.Empty(local.Store.Verify(null, Token).Damaged);
        Assert.Empty(local.Files("tmp"));
    }

    [Fact]
    public async Task A_miss_says_nothing_and_the_remote_store_is_asked_again()
    {
        var miss = await Fetch();
        await Share("model");
        var hit = await Fetch();

        Assert.Equal((false, 0), (miss.Succeeded, miss.Diagnostics.Length));
        Assert.True(hit.Succeeded);
    }

    [Fact]
    public async Task Contents_that_are_there_are_not_moved_again()
    {
        await Share("model", "report");
        remote.Asked.Clear();
        other.Put("b", "model", "other report");
        local.Put("c", "other report");

        Assert.True((await cache.UploadAsync(other.Store, other.Get("b").Artifact!, replace: false, null, Token)).Succeeded);
        Assert.True((await cache.FetchAsync(local.Store, StoreCase.Key("b").Key, _ => null, isNamed: false, replace: false, null, Token)).Succeeded);

        Assert.Equal($"write {Sha256("other report")}", Assert.Single(remote.Asked, asked => asked.StartsWith("write ", StringComparison.Ordinal)));
        Assert.Equal($"content {Sha256("model")}", Assert.Single(remote.Asked, asked => asked.StartsWith("content ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Contents_go_before_the_record_that_names_them()
    {
        await Share("model", "report");

        Assert.StartsWith("publish ", remote.Asked[^1], StringComparison.Ordinal);
        Assert.Equal(2, remote.Asked.Count(asked => asked.StartsWith("write ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("other bytes")]
    [InlineData("half")]
    [InlineData("nothing")]
    [InlineData("gone")]
    public async Task A_content_that_is_wrong_never_reaches_the_store_and_is_mended(string damage)
    {
        await Share("model", "report");
        var good = remote.Contents[Sha256("model")];
        switch (damage)
        {
            case "other bytes":
                remote.Contents[Sha256("model")] = "MODEL"u8.ToArray();
                break;
            case "half":
                remote.Contents[Sha256("model")] = good[..2];
                break;
            case "nothing":
                remote.Contents[Sha256("model")] = [];
                break;
            default:
                remote.Contents.Remove(Sha256("model"));
                break;
        }

        var answer = await Fetch();

        Assert.False(answer.Succeeded);
        Assert.Equal("MSLIM3023", Assert.Single(answer.Diagnostics).Code);
        Assert.Null(local.Get("a").Artifact);
        Assert.Empty(local.Store.Verify(null, Token).Damaged);
        Assert.Empty(local.Files("tmp"));

        // What is made here instead takes its place, though one of that name and size is there.
        local.Put("a", "model", "report");
        Assert.True((await cache.UploadAsync(local.Store, local.Get("a").Artifact!, replace: false, null, Token)).Succeeded);
        Assert.Equal(good, remote.Contents[Sha256("model")]);
    }

    [Fact]
    public async Task More_bytes_than_the_record_says_are_not_taken()
    {
        await Share("model");
        remote.Contents[Sha256("model")] = [.. "model"u8, .. new byte[1000]];

        var answer = await Fetch();

        var said = Assert.Single(answer.Diagnostics);
        Assert.Equal("MSLIM3022", said.Code);
        Assert.Contains("more than 5 bytes", said.Message, StringComparison.Ordinal);
        Assert.Empty(local.Files("cas"));
    }

    [Theory]
    [InlineData("<html>sign in</html>")]
    [InlineData("")]
    [InlineData("{}")]
    public async Task What_is_no_record_is_a_miss(string text)
    {
        remote.Records[Key] = Encoding.UTF8.GetBytes(text);

        Assert.Equal("MSLIM3023", Assert.Single((await Fetch()).Diagnostics).Code);
    }

    [Theory]
    [InlineData("""{"key":"KEY","outputs":[null],"fingerprint":[{"name":"name","value":"a"}]}""")]
    [InlineData("""{"key":"KEY","outputs":[],"fingerprint":[null]}""")]
    [InlineData("""{"key":"KEY","outputs":[{"name":"0","sha256":"SHA","size":1099511627777}],"fingerprint":[{"name":"name","value":"a"}]}""")]
    [InlineData("""{"key":"KEY","outputs":[{"name":"0","sha256":"../../../x","size":5}],"fingerprint":[{"name":"name","value":"a"}]}""")]
    [InlineData("""{"key":"KEY","outputs":[{"name":"0","sha256":"SHA","size":5}],"fingerprint":[{"name":"name","value":"b"}]}""")]
    public async Task A_record_that_was_made_up_with_care_is_a_miss(string document)
    {
        Forge(document);

        Assert.Equal("MSLIM3023", Assert.Single((await Fetch()).Diagnostics).Code);
    }

    [Fact]
    public async Task A_record_of_more_than_fits_on_the_disk_is_not_begun()
    {
        Forge("""{"key":"KEY","outputs":[{"name":"0","sha256":"SHA","size":1099511627776},{"name":"1","sha256":"SHA","size":1099511627776}],"fingerprint":[{"name":"name","value":"a"}]}""");
        Assert.SkipWhen(new DriveInfo(local.Root).AvailableFreeSpace > 1L << 41, "This disk has room for 2 TiB.");

        var answer = await Fetch();

        Assert.Equal("MSLIM3014", Assert.Single(answer.Diagnostics).Code);
        Assert.DoesNotContain(remote.Asked, asked => asked.StartsWith("content", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_record_of_another_key_is_a_miss()
    {
        await Share("model");
        remote.Records[StoreCase.Key("b").Key] = remote.Records[Key];

        var answer = await cache.FetchAsync(local.Store, StoreCase.Key("b").Key, _ => null, isNamed: false, replace: false, null, Token);

        Assert.Equal("MSLIM3023", Assert.Single(answer.Diagnostics).Code);
        Assert.Empty(local.Files("ac"));
    }

    [Fact]
    public async Task A_record_without_end_is_not_read_to_its_end()
    {
        remote.Records[Key] = new byte[RemoteCache.MaxRecordSize + 1];

        Assert.Equal("MSLIM3022", Assert.Single((await Fetch()).Diagnostics).Code);
    }

    [Fact]
    public async Task After_trouble_it_is_not_asked_again_and_that_is_said_once()
    {
        var made = local.Put("a", "model");
        remote.Trouble = new RemoteStoreException("no connection.");

        RemoteAnswer[] answers = [await Fetch(), await Fetch(), await cache.UploadAsync(local.Store, made, false, null, Token)];

        Assert.All(answers, answer => Assert.False(answer.Succeeded));
        var said = Assert.Single(answers.SelectMany(answer => answer.Diagnostics));
        Assert.Equal("MSLIM3022", said.Code);
        Assert.Equal("the remote cache memory://test is not used from here on: no connection", said.Message);
        Assert.Single(remote.Asked);
    }

    [Fact]
    public async Task What_is_not_wanted_is_not_copied()
    {
        await Share("model");

        var answer = await cache.FetchAsync(local.Store, Key, _ => "is not what the lock file names", isNamed: true, replace: false, null, Token);

        Assert.Contains("is not what the lock file names", Assert.Single(answer.Diagnostics).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(remote.Asked, asked => asked.StartsWith("content", StringComparison.Ordinal));
        Assert.Empty(local.Files("cas"));
    }

    [Theory]
    [InlineData(false, "ours")]
    [InlineData(true, "theirs")]
    public async Task What_is_here_already_stays_unless_it_is_to_go(bool replace, string left)
    {
        await Share("theirs");
        local.Put("a", "ours");

        Assert.True((await cache.FetchAsync(local.Store, Key, _ => null, isNamed: false, replace, null, Token)).Succeeded);

        Assert.Equal(left, Text(local.Get("a").Artifact!, "0"));
    }

    [Fact]
    public async Task A_remote_store_that_is_only_read_gets_nothing()
    {
        using var reader = new RemoteCache(remote, writes: false, RecordKeys.None);
        var made = local.Put("a", "model");

        var answer = await reader.UploadAsync(local.Store, made, replace: true, null, Token);

        Assert.Equal((false, 0), (answer.Succeeded, answer.Diagnostics.Length));
        Assert.Empty(remote.Asked);
    }

    [Fact]
    public async Task A_local_store_that_takes_nothing_is_no_trouble_of_the_remote_one()
    {
        await Share("model");
        Directory.Delete(Path.Combine(local.Root, "v1", "tmp"), recursive: true);
        await File.WriteAllTextAsync(Path.Combine(local.Root, "v1", "tmp"), "no folder", Token);

        Assert.Equal("MSLIM3014", Assert.Single((await Fetch()).Diagnostics).Code);
    }

    private static string Sha256(string content) => ContentDigest.Of(Encoding.UTF8.GetBytes(content)).Sha256;

    private static string Text(StoredArtifact artifact, string name) => Encoding.UTF8.GetString(artifact.Read(name, Token)!);

    private async Task Share(params string[] contents)
    {
        using var made = other.Put("a", contents);
        var answer = await cache.UploadAsync(other.Store, made, replace: false, null, Token);
        Assert.True(answer.Succeeded);
        Assert.Empty(answer.Diagnostics);
    }

    private Task<RemoteAnswer> Fetch() => cache.FetchAsync(local.Store, Key, _ => null, isNamed: false, replace: false, null, Token);

    private void Forge(string document)
    {
        var body = Encoding.UTF8.GetBytes(document.Replace("KEY", Key, StringComparison.Ordinal).Replace("SHA", Sha256("model"), StringComparison.Ordinal) + "\n");
        remote.Records[Key] = [.. body, .. Encoding.ASCII.GetBytes(ContentDigest.Of(body).Sha256 + "\n")];
    }
}
