using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ModelSlim.Testing;

namespace ModelSlim.Remotes.Tests;

/// <summary>Whatever a server does: no wrong byte, one warning, and an end within a few seconds.</summary>
public sealed class RemoteFaultTests : IDisposable
{
    private static readonly TimeSpan Bearable = TimeSpan.FromSeconds(20);

    private readonly LoopbackCache server = new();
    private readonly RemoteCase test = new();
    private readonly Stopwatch clock = Stopwatch.StartNew();

    public void Dispose()
    {
        test.Dispose();
        server.Dispose();
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_status_that_is_no_answer(int status)
    {
        await Share();
        server.AnswerWith(status);

        await AssertUnusable($"({status})", $"with {status}");
    }

    [Fact]
    public async Task A_redirect_to_another_server_takes_nothing_along()
    {
        using var elsewhere = new LoopbackCache();
        server.Misbehaviour = (context, _) =>
        {
            context.Response.Redirect(elsewhere.Address + context.Request.Url!.AbsolutePath);
            context.Response.Close();
            return Task.FromResult(true);
        };

        await AssertUnusable("redirects");
        Assert.Empty(elsewhere.Requests);
    }

    [Theory]
    [InlineData(429, "0")]
    [InlineData(503, null)]
    [InlineData(500, null)]
    public async Task Trouble_that_passes_is_not_even_mentioned(int status, string? retryAfter)
    {
        await Share();
        var left = 2;
        server.Misbehaviour = (context, _) =>
        {
            if (left-- <= 0)
            {
                return Task.FromResult(false);
            }

            context.Response.StatusCode = status;
            if (retryAfter is not null)
            {
                context.Response.Headers["Retry-After"] = retryAfter;
            }

            context.Response.Close();
            return Task.FromResult(true);
        };

        Assert.Equal("model"u8.ToArray(), await test.Fetch(test.Run(server.Address)));
        Assert.Empty(test.Said);
    }

    [Fact]
    public async Task A_server_that_asks_to_wait_for_long_is_not_waited_for()
    {
        server.Misbehaviour = (context, _) =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers["Retry-After"] = "3600";
            context.Response.Close();
            return Task.FromResult(true);
        };

        await AssertUnusable("(429)");
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("ac")]
    [InlineData("cas")]
    public async Task A_page_in_place_of_an_answer(string part)
    {
        await Share();
        foreach (var path in server.Paths(part))
        {
            server.Files[path] = Encoding.UTF8.GetBytes("<html><body>Sign in to the network</body></html>");
        }

        await AssertUnusable("no ActionResult", "more than");
    }

    [Fact]
    public async Task Right_length_and_wrong_bytes()
    {
        await Share();
        foreach (var path in server.Paths("cas"))
        {
            server.Files[path] = [.. server.Files[path].Select(value => (byte)~value)];
        }

        var run = test.Run(server.Address);
        Assert.Null(await test.Fetch(run));
        Assert.Equal("MSLIM3023", Assert.Single(test.Said).Code);
        Assert.True(await test.Upload(run, test.Make(test.Here), test.Here));
        Assert.Contains("model"u8.ToArray(), server.Files.Values);
    }

    [Fact]
    public async Task Half_of_a_body()
    {
        await Share(new byte[1 << 20]);
        OnContent(async (response, token) =>
        {
            response.ContentLength64 = 1 << 20;
            await response.OutputStream.WriteAsync(new byte[1 << 19], token);
            response.Abort();
        });

        await AssertUnusable("broke");
    }

    [Fact]
    public async Task Half_of_a_body_that_ends_as_a_whole_one()
    {
        await Share(new byte[1 << 20]);
        OnContent(async (response, token) =>
        {
            response.SendChunked = true;
            await response.OutputStream.WriteAsync(new byte[1 << 19], token);
            response.Close();
        });

        Assert.Null(await test.Fetch(test.Run(server.Address)));
        Assert.Equal("MSLIM3023", Assert.Single(test.Said).Code);
    }

    [Fact]
    public async Task A_body_without_end()
    {
        await Share();
        OnContent(async (response, token) =>
        {
            response.SendChunked = true;
            while (!token.IsCancellationRequested)
            {
                await response.OutputStream.WriteAsync(new byte[1 << 16], token);
            }
        });

        await AssertUnusable("more than");
    }

    [Fact]
    public async Task A_body_that_drips()
    {
        await Share(new byte[1 << 20]);
        OnContent(async (response, token) =>
        {
            response.ContentLength64 = 1 << 20;
            while (!token.IsCancellationRequested)
            {
                await response.OutputStream.WriteAsync(new byte[1], token);
                await response.OutputStream.FlushAsync(token);
                await Task.Delay(50, token);
            }
        });

        await AssertUnusable("too slow");
    }

    [Fact]
    public async Task A_server_that_accepts_and_is_silent()
    {
        server.Misbehaviour = async (_, token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return true;
        };

        await AssertUnusable("too slow");
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_server_that_takes_no_more_in_the_middle_of_an_upload()
    {
        server.Misbehaviour = async (context, token) =>
        {
            if (context.Request.HttpMethod == "PUT")
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
            }

            return false;
        };

        Assert.False(await test.Upload(test.Run(server.Address), test.Make(test.Here, new byte[32 << 20]), test.Here));
        Assert.Contains("too slow", Assert.Single(test.Said).Message, StringComparison.Ordinal);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Bearable);
    }

    [Fact]
    public async Task A_server_that_is_gone()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)closed.LocalEndpoint).Port}";
        closed.Stop();

        await AssertUnusable(address, ["no connection"]);
    }

    [Fact]
    public Task A_server_that_is_none_there_is() => AssertUnusable("https://modelslim.invalid", ["no server of that name", "no connection"]);

    [Fact]
    public async Task A_server_that_speaks_no_TLS() => await AssertUnusable(server.Address.Replace("http:", "https:", StringComparison.Ordinal), ["TLS", "broke"]);

    [Fact]
    public async Task Whoever_cancels_is_heard_at_once_and_nothing_is_said()
    {
        server.Misbehaviour = async (_, token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return true;
        };
        using var cancelled = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => test.Run(server.Address, times: RemoteTimes.Usual)
            .FetchAsync(test.Here, RemoteCase.Key().Key, _ => null, isNamed: false, replace: false, null, cancelled.Token));

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Bearable);
    }

    private Task Share() => Share("model"u8.ToArray());

    private async Task Share(byte[] content)
    {
        Assert.True(await test.Upload(test.Run(server.Address), test.Make(test.There, content), test.There));
        server.Requests.Clear();
    }

    private void OnContent(Func<HttpListenerResponse, CancellationToken, Task> answer) => server.Misbehaviour = async (context, token) =>
    {
        if (context.Request.HttpMethod != "GET" || !context.Request.Url!.AbsolutePath.StartsWith("/cas/", StringComparison.Ordinal))
        {
            return false;
        }

        await answer(context.Response, token);
        return true;
    };

    private Task AssertUnusable(params string[] words) => AssertUnusable(server.Address, words);

    // One of the words: what a broken connection looks like is a matter of the system.
    private async Task AssertUnusable(string address, string[] words)
    {
        var run = test.Run(address);
        Assert.Null(await test.Fetch(run));
        Assert.Null(await test.Fetch(run));
        Assert.False(await test.Upload(run, test.Make(test.Here), test.Here));

        var said = Assert.Single(test.Said);
        Assert.Equal("MSLIM3022", said.Code);
        Assert.True(words.Any(word => said.Message.Contains(word, StringComparison.Ordinal)), said.Message);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Bearable);
    }
}
