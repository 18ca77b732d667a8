using System.Security.Cryptography;
using System.Text;
using ModelSlim.Core.Caching;
using ModelSlim.Core.Fingerprints;
using ModelSlim.Testing;
using ModelSlim.Tool.Verbs;

namespace ModelSlim.Tool.Tests.Verbs;

/// <summary><c>cache push</c> and <c>cache pull</c>, and what a remote cache does for <c>prune</c> and <c>lock</c>.</summary>
public sealed class CacheShareVerbTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly LoopbackCache server = new();

    public void Dispose()
    {
        server.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task What_is_pushed_can_be_pulled_by_key()
    {
        var (a, b) = (Store("a"), Store("b"));

        var pushed = await Run("push", "here", "--json");
        var again = await Run("push", "here", a[..10]);
        var pulled = await Run("pull", "there", a, "--json");

        Assert.Equal((0, 0, 0), (pushed.ExitCode, again.ExitCode, pulled.ExitCode));
        Assert.Equal(new[] { a, b }.Order(), Keys(pushed, "copied"));
        Assert.Equal([a], Keys(pulled, "copied"));
        Assert.Equal($"Copied 1 result to {server.Address}\n", again.Output);
        var there = ArtifactStore.Open(folder.File("there")).Value!;
        Assert.Equal(a, Assert.Single(there.List()).Fingerprint.Key);
        using var found = there.TryGet(a, TestContext.Current.CancellationToken).Artifact!;
        Assert.Equal("model a"u8.ToArray(), found.Read("model.onnx", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_lock_file_says_what_to_pull()
    {
        var model = ToolRun.WriteModel(folder);
        folder.Write("prune.yaml", "target: { macs: 50% }\n");
        Assert.Equal(0, (await ToolRun.Of("lock", model, "--cache-dir", folder.File("here"), "--remote-cache", server.Address)).ExitCode);
        Store("a");
        Assert.Equal(0, (await Run("push", "here")).ExitCode);

        var pulled = await Run("pull", "there", "--lock", folder.File("modelslim.lock.json"), "--json");
        var hit = await ToolRun.Of("prune", model, "-o", folder.File("slim.onnx"), "--cache-only", "--locked", folder.File("modelslim.lock.json"), "--json", "--cache-dir", folder.File("there"));

        Assert.Equal(0, pulled.ExitCode);
        Assert.Single(Keys(pulled, "copied"));
        Assert.Equal((0, "hit"), (hit.ExitCode, (string?)hit.Json["cache"]));
    }

    [Theory]
    [InlineData("pull", "", 8, "cannot list what it has")]
    [InlineData("pull", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", 8, "1 result of 1 could not be copied from")]
    [InlineData("push", "beef", 8, "There is no result whose key begins with 'beef'")]
    [InlineData("push", "--remote-cache-mode read", 8, "is only read")]
    [InlineData("push", "--remote-cache none", 8, "There is no remote cache to use")]
    [InlineData("push", "--offline", 8, "There is no remote cache to use")]
    [InlineData("push", "--remote-cache http://cache.test", 8, "warning MSLIM3024")]
    [InlineData("push", "abc --lock x", 2, "KEY and --lock exclude each other")]
    [InlineData("push", "--remote-cache-mode write", 2, "write")]
    public async Task What_cannot_be_copied_is_an_error(string verb, string line, int exitCode, string words)
    {
        Store("a");

        var run = await Run(verb, "here", [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_down_is_a_warning_and_an_error_of_those_who_only_copy()
    {
        Store("a");
        Store("b");
        server.AnswerWith(403);

        var run = await Run("push", "here", "--json");

        Assert.Equal(8, run.ExitCode);
        Assert.Equal(["MSLIM3022", "MSLIM3025"], run.Json["diagnostics"]!.AsArray().Select(said => (string?)said!["code"]));
        Assert.Equal(2, Keys(run, "left").Count());
    }

    [Fact]
    public async Task A_model_that_others_pruned_is_not_pruned_again_and_credentials_are_nowhere()
    {
        var model = ToolRun.WriteModel(folder);
        folder.Write("prune.yaml", "target: { macs: 50% }\n");
        Task<ToolRun> Prune(string store) => ToolRun.Of(
            host => host with { Environment = name => name switch { "MODELSLIM_REMOTE_CACHE" => server.Address, "MODELSLIM_REMOTE_CACHE_TOKEN" => "s3cret", _ => null } },
            VerbCatalog.All,
            ["prune", model, "-o", folder.File("slim.onnx"), "-v", "diag", "--json", "--cache-dir", folder.File(store)]);

        var (made, taken) = (await Prune("here"), await Prune("there"));

        Assert.Equal(("miss", "hit"), ((string?)made.Json["cache"], (string?)taken.Json["cache"]));
        Assert.All(server.Requests, request => Assert.Equal("Bearer s3cret", request.Authorization));
        Assert.DoesNotContain("s3cret", made.Output + made.Error + taken.Output + taken.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Files.Values, file => Encoding.Latin1.GetString(file).Contains("s3cret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_can_sign_pushes_signed_results_in_the_place_of_unsigned_ones()
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (secret, known) = (pair.ExportPkcs8PrivateKeyPem(), pair.ExportSubjectPublicKeyInfoPem());
        var key = Store("a");
        Task<ToolRun> Share(string verb, string store, string? signing, string? trusted) => ToolRun.Of(
            host => host with
            {
                Environment = name => name switch
                {
                    "MODELSLIM_REMOTE_CACHE" => server.Address,
                    "MODELSLIM_SIGNING_KEY" => signing,
                    "MODELSLIM_TRUSTED_KEYS" => trusted,
                    _ => null,
                },
            },
            VerbCatalog.All,
            ["cache", verb, "--cache-dir", folder.File(store), .. verb == "pull" ? new[] { key } : []]);
        Assert.Equal(0, (await Run("push", "here")).ExitCode);
        Assert.Equal(8, (await Share("pull", "there", null, known)).ExitCode);

        Assert.Equal(0, (await Share("push", "here", secret, null)).ExitCode);

        Assert.Equal(0, (await Share("pull", "there", null, known)).ExitCode);
    }

    private static IEnumerable<string> Keys(ToolRun run, string name) => run.Json[name]!.AsArray().Select(key => (string)key!).Order();

    private Task<ToolRun> Run(string verb, string store, params string[] arguments) => ToolRun.Of(
        host => host with { Environment = name => name == "MODELSLIM_REMOTE_CACHE" ? server.Address : null },
        VerbCatalog.All,
        ["cache", verb, .. arguments, "--cache-dir", folder.File(store)]);

    private string Store(string name)
    {
        var key = new FingerprintBuilder().Add("model", name).Build();
        using var made = ArtifactStore.Open(folder.File("here")).Value!.Put(
            key,
            [NewOutput.From("model.onnx", Encoding.UTF8.GetBytes($"model {name}")), NewOutput.From("report.json", "{}"u8.ToArray())],
            TestContext.Current.CancellationToken).Artifact;
        Assert.NotNull(made);
        return key.Key;
    }
}
