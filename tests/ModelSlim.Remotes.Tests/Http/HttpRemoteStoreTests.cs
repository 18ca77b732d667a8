using System.Security.Cryptography;
using ModelSlim.Core.Fingerprints;
using ModelSlim.Remotes.Http;
using ModelSlim.Testing;

namespace ModelSlim.Remotes.Tests.Http;

public sealed class HttpRemoteStoreTests : IDisposable
{
    private readonly LoopbackCache server = new();
    private readonly RemoteCase test = new();

    public void Dispose()
    {
        test.Dispose();
        server.Dispose();
    }

    [Fact]
    public async Task What_one_machine_puts_there_another_one_gets()
    {
        var content = RandomNumberGenerator.GetBytes(3 << 20);

        Assert.True(await test.Upload(test.Run(server.Address), test.Make(test.There, content), test.There));

        Assert.Equal(content, await test.Fetch(test.Run(server.Address)));
        Assert.Empty(test.Said);
        Assert.Equal(content, server.Files["/cas/" + ContentDigest.Of(content).Sha256]);
    }

    [Fact]
    public async Task A_record_is_an_ActionResult_that_names_its_contents()
    {
        await test.Upload(test.Run(server.Address), test.Make(test.There), test.There);

        var result = ActionResult.Parser.ParseFrom(server.Files[$"/ac/{RemoteCase.Key().Key}"]);

        Assert.Equal(["model.onnx", "report.json"], result.OutputFiles.Select(file => file.Path));
        Assert.Equal(server.Paths("cas"), result.OutputFiles.Select(file => $"/cas/{file.Digest.Hash}").Order(StringComparer.Ordinal));
        Assert.Equal([5L, 2L], result.OutputFiles.Select(file => file.Digest.SizeBytes));
    }

    [Fact]
    public async Task A_server_with_very_many_results_is_asked_for_one()
    {
        await test.Upload(test.Run(server.Address), test.Make(test.There), test.There);
        for (var other = 0; other < 100_000; other++)
        {
            server.Files[$"/cas/{other:x64}"] = [];
            server.Files[$"/ac/{other:x64}"] = [];
        }

        server.Requests.Clear();

        Assert.NotNull(await test.Fetch(test.Run(server.Address)));
        Assert.All(server.Requests, request => Assert.Equal("GET", request.Method));
        Assert.InRange(server.Requests.Count, 1, 3);
    }

    [Fact]
    public async Task A_path_of_the_address_comes_before_the_rest()
    {
        await test.Upload(test.Run(server.Address + "/team/main/"), test.Make(test.There), test.There);

        Assert.Contains($"/team/main/ac/{RemoteCase.Key().Key}", server.Files.Keys);
        Assert.NotNull(await test.Fetch(test.Run(server.Address + "/team/main")));
    }

    [Fact]
    public async Task The_first_record_of_a_key_stays()
    {
        await test.Upload(test.Run(server.Address), test.Make(test.There, "first"), test.There);
        using var other = new RemoteCase();

        Assert.True(await other.Upload(other.Run(server.Address), other.Make(other.There, "second"), other.There));

        Assert.Equal("first"u8.ToArray(), await test.Fetch(test.Run(server.Address)));
    }

    [Theory]
    [InlineData("MODELSLIM_REMOTE_CACHE_TOKEN", "Bearer s3cret")]
    [InlineData("MODELSLIM_REMOTE_CACHE_PASSWORD", "Basic YW5uOnMzY3JldA==")]
    public async Task Credentials_come_from_the_environment_and_go_along(string variable, string header)
    {
        var run = test.Run(server.Address, environment: name => name == variable ? "s3cret"
            : name == "MODELSLIM_REMOTE_CACHE_USER" && variable.EndsWith("PASSWORD", StringComparison.Ordinal) ? "ann" : null);

        await test.Upload(run, test.Make(test.There), test.There);
        await test.Fetch(run);

        Assert.NotEmpty(server.Requests);
        Assert.All(server.Requests, request => Assert.Equal(header, request.Authorization));
    }

    [Fact]
    public async Task What_the_right_key_signed_is_taken_and_what_nobody_signed_is_not()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var environment = new Dictionary<string, string?>
        {
            ["MODELSLIM_SIGNING_KEY"] = key.ExportPkcs8PrivateKeyPem(),
            ["MODELSLIM_TRUSTED_KEYS"] = key.ExportSubjectPublicKeyInfoPem(),
        };
        await test.Upload(test.Run(server.Address), test.Make(test.There, "unsigned", "b"), test.There);
        await test.Upload(test.Run(server.Address, environment: environment.GetValueOrDefault), test.Make(test.There), test.There);

        environment.Remove("MODELSLIM_SIGNING_KEY");
        var run = test.Run(server.Address, environment: environment.GetValueOrDefault);

        Assert.NotNull(await test.Fetch(run));
        Assert.Null(await test.Fetch(run, "b"));
        Assert.Equal("MSLIM3023", Assert.Single(test.Said).Code);
        Assert.DoesNotContain(server.Files.Values, file => System.Text.Encoding.Latin1.GetString(file).Contains("PRIVATE", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(405)]
    [InlineData(413)]
    public async Task A_server_that_is_only_read_gives_what_it_has_and_takes_nothing(int status)
    {
        await test.Upload(test.Run(server.Address), test.Make(test.There), test.There);
        server.AnswerWith(status, "PUT");
        var run = test.Run(server.Address, environment: name => name == HttpCredentials.Token ? "s3cret" : null);

        Assert.NotNull(await test.Fetch(run));
        Assert.False(await test.Upload(run, test.Make(test.Here, "other", "b"), test.Here));

        var said = Assert.Single(test.Said);
        Assert.Equal("MSLIM3022", said.Code);
        Assert.Contains($"({status})", said.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", said.Message, StringComparison.Ordinal);
    }
}
