using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ModelSlim.Testing;

/// <summary>A server on this machine that keeps what is put there, and that can be told to misbehave.</summary>
public sealed class LoopbackCache : IDisposable
{
    private readonly HttpListener listener;
    private readonly CancellationTokenSource ended = new();
    private readonly Task work;

    /// <summary>Starts it.</summary>
    public LoopbackCache()
    {
        (listener, Address) = Start();
        work = Task.Run(ServeAsync);
    }

    /// <summary>Its address, without a slash at the end.</summary>
    public string Address { get; }

    /// <summary>What it has, by path.</summary>
    public ConcurrentDictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>What it was asked: method, path and Authorization header.</summary>
    public ConcurrentQueue<(string Method, string Path, string? Authorization)> Requests { get; } = new();

    /// <summary>Answers in place of the server; false leaves the answer to it. Null is good behaviour.</summary>
    public Func<HttpListenerContext, CancellationToken, Task<bool>>? Misbehaviour { get; set; }

    /// <summary>Paths of records, or of contents, that it has.</summary>
    public string[] Paths(string part) => [.. Files.Keys.Where(path => path.StartsWith($"/{part}/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>Misbehaves by answering with a status and nothing else.</summary>
    /// <param name="status">The status.</param>
    /// <param name="methods">To which methods; none means to all.</param>
    public void AnswerWith(int status, params string[] methods) => Misbehaviour = (context, _) =>
    {
        if (methods.Length > 0 && !methods.Contains(context.Request.HttpMethod))
        {
            return Task.FromResult(false);
        }

        context.Response.StatusCode = status;
        context.Response.Close();
        return Task.FromResult(true);
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        ended.Cancel();
        listener.Close();
        work.Wait(TimeSpan.FromSeconds(5));
        ended.Dispose();
    }

    private static (HttpListener Listener, string Address) Start()
    {
        for (var tries = 0; ; tries++)
        {
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            var address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}";
            probe.Stop();
            var listener = new HttpListener();
            listener.Prefixes.Add(address + "/");
            try
            {
                listener.Start();
                return (listener, address);
            }
            catch (HttpListenerException) when (tries < 10)
            {
                // Somebody took the port meanwhile.
                listener.Close();
            }
        }
    }

    private async Task ServeAsync()
    {
        while (!ended.IsCancellationRequested)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync().ConfigureAwait(false);
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            _ = AnswerAsync(context);
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var (request, response) = (context.Request, context.Response);
        var path = request.Url!.AbsolutePath;
        Requests.Enqueue((request.HttpMethod, path, request.Headers["Authorization"]));
        try
        {
            if (Misbehaviour is { } misbehave && await misbehave(context, ended.Token).ConfigureAwait(false))
            {
                return;
            }

            switch (request.HttpMethod)
            {
                case "PUT" when request.Headers["If-None-Match"] == "*" && Files.ContainsKey(path):
                    response.StatusCode = 412;
                    break;
                case "PUT":
                    using (var content = new MemoryStream())
                    {
                        await request.InputStream.CopyToAsync(content, ended.Token).ConfigureAwait(false);
                        Files[path] = content.ToArray();
                    }

                    response.StatusCode = 201;
                    break;
                case "GET" or "HEAD" when Files.TryGetValue(path, out var file):
                    response.ContentLength64 = file.Length;
                    if (request.HttpMethod == "GET")
                    {
                        await response.OutputStream.WriteAsync(file, ended.Token).ConfigureAwait(false);
                    }

                    break;
                default:
                    response.StatusCode = request.HttpMethod is "GET" or "HEAD" ? 404 : 405;
                    break;
            }

            response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException or OperationCanceledException or InvalidOperationException)
        {
            // The client went away, or the test is over.
        }
    }
}
