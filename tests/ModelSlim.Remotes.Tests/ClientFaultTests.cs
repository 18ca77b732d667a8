using System.Net;
using System.Text;
using ModelSlim.Testing;

namespace ModelSlim.Remotes.Tests;

/// <summary>Every client, with servers that do not do what they should: one warning, no wrong byte, an end soon.</summary>
public sealed class ClientFaultTests : IDisposable
{
    private readonly LoopbackCache server = new();
    private readonly RemoteCase test = new();

    /// <summary>The clients.</summary>
    public static TheoryData<string> Clients => ["http", "s3", "azblob", "oci"];

    public void Dispose()
    {
        test.Dispose();
        server.Dispose();
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task A_server_that_forbids(string client)
    {
        server.AnswerWith(403);

        await AssertUnusable(client, "(403)");
        Assert.Single(server.Requests);
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task A_server_in_trouble_is_asked_again_and_not_for_ever(string client)
    {
        server.AnswerWith(503);

        await AssertUnusable(client, "(503)");
        Assert.Equal(1 + RemoteTimes.Repetitions, server.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task A_server_that_is_silent(string client)
    {
        server.Misbehaviour = async (_, token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return true;
        };

        await AssertUnusable(client, "too slow");
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task A_page_for_everything(string client)
    {
        server.Misbehaviour = (context, _) => Answer(context, "<html><body>Sign in to the network</body></html>");

        Assert.Null(await test.Fetch(Run(client)));

        Assert.Contains(Assert.Single(test.Said).Code, (string[])["MSLIM3022", "MSLIM3023"]);
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task A_body_without_end(string client)
    {
        server.Misbehaviour = async (context, token) =>
        {
            context.Response.SendChunked = true;
            while (!token.IsCancellationRequested)
            {
                await context.Response.OutputStream.WriteAsync(new byte[1 << 16], token);
            }

            return true;
        };

        await AssertUnusable(client, "more than");
    }

    [Fact]
    public async Task A_registry_that_wants_a_token_gets_it_from_where_it_says()
    {
        server.Misbehaviour = (context, _) =>
        {
            var request = context.Request;
            if (request.Url!.AbsolutePath == "/token")
            {
                return Answer(context, request.Url.Query == "?service=r&scope=repository%3Ateam%3Apull%2Cpush" && request.Headers["Authorization"] == "Basic YW5uOnMzY3JldA=="
                    ? """{"token":"t0ken"}""" : "{}");
            }

            if (request.Headers["Authorization"] == "Bearer t0ken")
            {
                context.Response.StatusCode = 404;
            }
            else
            {
                context.Response.StatusCode = 401;
                context.Response.Headers["WWW-Authenticate"] = $"Bearer realm=\"{server.Address}/token\",service=\"r\",scope=\"repository:team:pull,push\"";
            }

            context.Response.Close();
            return Task.FromResult(true);
        };

        Assert.Null(await test.Fetch(Run("oci")));
        Assert.Empty(test.Said);
    }

    [Theory]
    [InlineData("http://registry.test/token")]
    [InlineData("/token")]
    public async Task A_registry_gets_no_credentials_sent_to_where_all_could_read_them(string realm)
    {
        server.Misbehaviour = (context, _) =>
        {
            context.Response.StatusCode = 401;
            context.Response.Headers["WWW-Authenticate"] = $"Bearer realm=\"{realm}\"";
            context.Response.Close();
            return Task.FromResult(true);
        };

        await AssertUnusable("oci", "could be trusted");
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_registry_does_not_make_us_send_contents_elsewhere()
    {
        using var elsewhere = new LoopbackCache();
        server.Misbehaviour = (context, _) =>
        {
            context.Response.StatusCode = context.Request.HttpMethod == "POST" ? 202 : 404;
            context.Response.Headers["Location"] = elsewhere.Address + "/upload";
            context.Response.Close();
            return Task.FromResult(true);
        };

        Assert.False(await test.Upload(Run("oci"), test.Make(test.Here), test.Here));

        Assert.Contains("no place of its own", Assert.Single(test.Said).Message, StringComparison.Ordinal);
        Assert.Empty(elsewhere.Requests);
    }

    private static async Task<bool> Answer(HttpListenerContext context, string text)
    {
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(text));
        context.Response.Close();
        return true;
    }

    private string Address(string client) => client switch
    {
        "http" => server.Address,
        "s3" => "s3://cache/team",
        "azblob" => "azblob://account/cache/team",
        _ => $"oci://{new Uri(server.Address).Authority}/team",
    };

    private Core.Caching.RemoteCache Run(string client) => test.Run(Address(client), environment: name => name switch
    {
        "AWS_ENDPOINT_URL_S3" => server.Address,
        "AWS_ACCESS_KEY_ID" => "id",
        "AWS_SECRET_ACCESS_KEY" => "s3cret",
        "AZURE_STORAGE_CONNECTION_STRING" => $"DefaultEndpointsProtocol=http;AccountName=account;AccountKey=czNjcmV0;BlobEndpoint={server.Address}/account;",
        "MODELSLIM_REMOTE_CACHE_USER" => "ann",
        "MODELSLIM_REMOTE_CACHE_PASSWORD" => "s3cret",
        _ => null,
    });

    private async Task AssertUnusable(string client, string words)
    {
        var run = Run(client);

        Assert.Null(await test.Fetch(run));
        Assert.False(await test.Upload(run, test.Make(test.Here), test.Here));

        var said = Assert.Single(test.Said);
        Assert.Equal("MSLIM3022", said.Code);
        Assert.Contains(words, said.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", said.Message, StringComparison.Ordinal);
    }
}
