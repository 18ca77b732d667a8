using ModelSlim.Testing;

namespace ModelSlim.Remotes.Tests;

/// <summary>A registry gets the credentials that <c>docker login</c> left, wherever it left them.</summary>
public sealed class DockerCredentialsTests : IDisposable
{
    /// <summary>What stands for bob and pw.</summary>
    private const string Wanted = "Basic Ym9iOnB3";

    private readonly LoopbackCache server = new();
    private readonly RemoteCase test = new();
    private readonly TemporaryFolder folder = new();

    public DockerCredentialsTests() => server.Misbehaviour = (context, _) =>
    {
        context.Response.StatusCode = context.Request.Headers["Authorization"] == Wanted ? 404 : 401;
        context.Response.Headers["WWW-Authenticate"] = "Basic realm=\"r\"";
        context.Response.Close();
        return Task.FromResult(true);
    };

    private string Host => new Uri(server.Address).Authority;

    public void Dispose()
    {
        test.Dispose();
        server.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task What_is_in_the_file_is_used()
    {
        Configure($$"""{ "auths": { "{{Host}}": { "auth": "Ym9iOnB3" } } }""");

        Assert.True(await IsLetInAsync());
    }

    [Theory]
    [InlineData("{ \"credsStore\": \"safe\" }")]
    [InlineData("{ \"credHelpers\": { \"HOST\": \"safe\" }, \"credsStore\": \"other\" }")]
    [InlineData("{ \"credHelpers\": { \"elsewhere\": \"other\" }, \"credsStore\": \"safe\", \"auths\": { \"HOST\": {} } }")]
    public async Task A_helper_is_asked_for_this_registry(string config)
    {
        WriteHelper($$"""test "$1" = get && test "$(cat)" = {{Host}} && echo '{ "ServerURL": "x", "Username": "bob", "Secret": "pw" }'""");
        Configure(config);

        Assert.True(await IsLetInAsync());
    }

    [Theory]
    [InlineData("echo 'credentials not found in native keychain'; exit 1")]
    [InlineData("exec 0<&-; exit 0")]
    [InlineData("echo '{ \"Username\": 7 }'")]
    [InlineData("echo '[]'; echo pw >&2")]
    [InlineData("echo '{ \"Username\": \"<token>\", \"Secret\": \"pw\" }'")]
    public async Task A_helper_that_knows_nothing_is_nobody_and_not_quoted(string script)
    {
        WriteHelper(script);
        Configure("{ \"credsStore\": \"safe\" }");

        Assert.False(await IsLetInAsync());

        var said = Assert.Single(test.Said);
        Assert.Equal("MSLIM3022", said.Code);
        Assert.DoesNotContain("pw", said.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("keychain", said.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("../safe")]
    public async Task A_helper_is_a_program_in_PATH_and_the_file_serves_where_there_is_none(string name)
    {
        WriteHelper("echo '{ \"Username\": \"eve\", \"Secret\": \"other\" }'");
        Configure($$"""{ "credsStore": "{{name}}", "auths": { "{{Host}}": { "auth": "Ym9iOnB3" } } }""");

        Assert.True(await IsLetInAsync());
    }

    private void Configure(string config) => folder.Write("config.json", config.Replace("HOST", Host, StringComparison.Ordinal));

    private void WriteHelper(string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The helper of these tests is a shell script.");
        var path = folder.Write("docker-credential-safe", $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private async Task<bool> IsLetInAsync()
    {
        var run = test.Run($"oci://{Host}/team", environment: name => name is "DOCKER_CONFIG" or "PATH" ? folder.FullName : null, times: RemoteTimes.Usual);
        Assert.Null(await test.Fetch(run));
        return test.Said.Count == 0;
    }
}
