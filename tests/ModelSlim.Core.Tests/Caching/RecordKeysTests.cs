using System.Security.Cryptography;
using ModelSlim.Core.Caching;
using ModelSlim.Core.Fingerprints;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Caching;

/// <summary>Whose results are taken from a remote store that several can write.</summary>
public sealed class RecordKeysTests : IDisposable
{
    private readonly StoreCase local = new();
    private readonly StoreCase other = new();
    private readonly MemoryRemote remote = new();
    private readonly ECDsa main = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Key => StoreCase.Key("a").Key;

    public void Dispose()
    {
        main.Dispose();
        stranger.Dispose();
        remote.Dispose();
        local.Dispose();
        other.Dispose();
    }

    [Fact]
    public async Task What_a_trusted_key_signed_is_taken()
    {
        await Share(main);

        Assert.True((await Fetch(main)).Succeeded);
        Assert.Equal("model"u8.ToArray(), local.Get("a").Artifact!.Read("0", Token));
    }

    [Fact]
    public async Task One_of_several_trusted_keys_is_enough()
    {
        await Share(main);
        var both = stranger.ExportSubjectPublicKeyInfoPem() + "\n" + main.ExportSubjectPublicKeyInfoPem();

        Assert.True((await Fetch(Keys(null, both))).Succeeded);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_nobody_or_a_stranger_signed_is_refused_before_a_content_is_read_and_replaced(bool signed)
    {
        await Share(signed ? stranger : null, "forged");

        var answer = await Fetch(main);
        Assert.Contains("not signed by a key that is trusted here", Assert.Single(answer.Diagnostics).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(remote.Asked, asked => asked.StartsWith("content", StringComparison.Ordinal));
        Assert.Null(local.Get("a").Artifact);

        // A run that refused it puts its own there.
        using var run = new RemoteCache(remote, writes: true, Keys(main.ExportECPrivateKeyPem(), main.ExportSubjectPublicKeyInfoPem()));
        await run.FetchAsync(local.Store, Key, _ => null, isNamed: false, replace: false, null, Token);
        Assert.True((await run.UploadAsync(local.Store, local.Put("a", "model"), replace: false, null, Token)).Succeeded);
        using var third = new StoreCase();
        Assert.True((await Fetch(main, third)).Succeeded);
        Assert.Equal("model"u8.ToArray(), third.Get("a").Artifact!.Read("0", Token));
    }

    [Fact]
    public async Task A_signature_is_good_for_one_record_alone()
    {
        await Share(main);
        var signed = ArtifactRecordFile.Read(remote.Records[Key], Key)!;
        var forged = new StoredOutput("0", ContentDigest.Of("forged"u8));
        remote.Contents[forged.Digest.Sha256] = "forged"u8.ToArray();
        remote.Records[Key] = ArtifactRecordFile.Write(signed with { Outputs = [forged] });

        Assert.Equal("MSLIM3023", Assert.Single((await Fetch(main)).Diagnostics).Code);

        // Nor for another key.
        var moved = new ArtifactRecord(StoreCase.Key("b"), signed.Outputs) { Signatures = signed.Signatures };
        remote.Records[StoreCase.Key("b").Key] = ArtifactRecordFile.Write(moved);
        using var run = new RemoteCache(remote, writes: false, Trusting(main));
        Assert.False((await run.FetchAsync(local.Store, StoreCase.Key("b").Key, _ => null, isNamed: false, replace: false, null, Token)).Succeeded);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not Base64 !")]
    [InlineData("AAAA")]
    public async Task A_signature_that_is_none_is_none(string value)
    {
        await Share(main);
        var signed = ArtifactRecordFile.Read(remote.Records[Key], Key)!;
        remote.Records[Key] = ArtifactRecordFile.Write(signed with { Signatures = [.. signed.Signatures.Select(signature => signature with { Value = value })] });

        Assert.False((await Fetch(main)).Succeeded);
    }

    [Fact]
    public async Task What_a_lock_file_names_needs_nobodys_word_and_unsigned_records_are_as_ever()
    {
        await Share(null);
        using var run = new RemoteCache(remote, writes: false, Trusting(main));

        Assert.True((await run.FetchAsync(local.Store, Key, _ => null, isNamed: true, replace: false, null, Token)).Succeeded);
        Assert.Equal(ArtifactRecordFile.Write(other.Get("a").Artifact!.Record), remote.Records[Key]);
    }

    [Fact]
    public async Task A_signature_stays_with_a_result_that_goes_on_from_store_to_store()
    {
        await Share(main);
        Assert.True((await Fetch(main)).Succeeded);
        remote.Records.Clear();

        using (var run = new RemoteCache(remote, writes: true, RecordKeys.None))
        {
            Assert.True((await run.UploadAsync(local.Store, local.Get("a").Artifact!, replace: false, null, Token)).Succeeded);
        }

        using var third = new StoreCase();
        Assert.True((await Fetch(main, third)).Succeeded);
    }

    /// <summary>Who fills a remote store gets no signature for it by way of somebody else's store, which is pushed with a key.</summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task What_was_taken_is_signed_on_the_word_of_a_trusted_key_alone(bool signed, bool trusted)
    {
        await Share(signed ? stranger : null);
        using var keys = Keys(main.ExportECPrivateKeyPem(), trusted ? stranger.ExportSubjectPublicKeyInfoPem() : null);
        using var run = new RemoteCache(remote, writes: true, keys);
        Assert.True((await run.FetchAsync(local.Store, Key, _ => null, isNamed: false, replace: false, null, Token)).Succeeded);
        using var taken = local.Get("a").Artifact!;
        Assert.True(taken.Record.IsTaken);
        Assert.Equal(trusted, run.MaySign(taken));

        Assert.True((await run.UploadAsync(local.Store, taken, replace: true, null, Token)).Succeeded);

        using var third = new StoreCase();
        Assert.Equal(trusted, (await Fetch(main, third)).Succeeded);
        Assert.False(ArtifactRecordFile.Read(remote.Records[Key], Key)!.IsTaken);
    }

    [Fact]
    public void Keys_come_from_files_too()
    {
        using var folder = new TemporaryFolder();
        var own = folder.Write("own.pem", main.ExportPkcs8PrivateKeyPem());
        var two = folder.Write("two.pem", stranger.ExportSubjectPublicKeyInfoPem() + "\n") + Path.PathSeparator + folder.Write("one.pem", main.ExportSubjectPublicKeyInfoPem());
        using var keys = Keys(own, two);
        var record = new ArtifactRecord(StoreCase.Key("a"), []);

        Assert.True(keys.Accept(keys.Sign(record)));
        Assert.False(keys.Accept(record));
        Assert.Single(keys.Sign(keys.Sign(record)).Signatures);
    }

    [Theory]
    [InlineData("s3cret", null)]
    [InlineData("-----BEGIN PRIVATE KEY-----\ns3cret\n-----END PRIVATE KEY-----", null)]
    [InlineData(null, "/no/such/s3cret.pem")]
    [InlineData("public", null)]
    [InlineData("P-384", null)]
    [InlineData("two", null)]
    public void A_key_that_cannot_be_used_is_said_and_not_shown(string? signing, string? trusted)
    {
        using var large = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        signing = signing switch
        {
            "public" => main.ExportSubjectPublicKeyInfoPem(),
            "P-384" => large.ExportPkcs8PrivateKeyPem(),
            "two" => main.ExportPkcs8PrivateKeyPem() + "\n" + stranger.ExportPkcs8PrivateKeyPem(),
            _ => signing,
        };

        var said = Assert.Single(RecordKeys.Read(name => name == RecordKeys.SigningVariable ? signing : trusted).Diagnostics);

        Assert.Equal("MSLIM3024", said.Code);
        Assert.DoesNotContain("s3cret", said.Message, StringComparison.Ordinal);
    }

    private static RecordKeys Keys(string? signing, string? trusted)
    {
        var keys = RecordKeys.Read(name => name == RecordKeys.SigningVariable ? signing : name == RecordKeys.TrustedVariable ? trusted : null);
        Assert.True(keys.Succeeded, string.Join('\n', keys.Diagnostics));
        return keys.Value;
    }

    private static RecordKeys Trusting(ECDsa key) => Keys(null, key.ExportSubjectPublicKeyInfoPem());

    private async Task Share(ECDsa? key, string content = "model")
    {
        using var run = new RemoteCache(remote, writes: true, key is null ? RecordKeys.None : Keys(key.ExportPkcs8PrivateKeyPem(), null));
        using var made = other.Put("a", content);
        Assert.True((await run.UploadAsync(other.Store, made, replace: false, null, Token)).Succeeded);
        remote.Asked.Clear();
    }

    private Task<RemoteAnswer> Fetch(ECDsa trusted, StoreCase? into = null) => Fetch(Trusting(trusted), into);

    private async Task<RemoteAnswer> Fetch(RecordKeys keys, StoreCase? into = null)
    {
        using var run = new RemoteCache(remote, writes: false, keys);
        return await run.FetchAsync((into ?? local).Store, Key, _ => null, isNamed: false, replace: false, null, Token);
    }
}
