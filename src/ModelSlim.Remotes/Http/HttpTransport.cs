using System.Net;
using ModelSlim.Core.Caching;

namespace ModelSlim.Remotes.Http;

/// <summary>Connections as all clients make them, and what answers mean.</summary>
internal static class HttpTransport
{
    /// <summary>A client without cookies and time-outs of its own.</summary>
    /// <param name="times">How long it may take.</param>
    /// <param name="redirects">How many redirects are followed; credentials never go along.</param>
    public static HttpClient Client(RemoteTimes times, int redirects = 0) => new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = redirects > 0,
            MaxAutomaticRedirections = Math.Max(1, redirects),
            ConnectTimeout = times.Connect,
            UseCookies = false,
        })
    { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Sends a request. The body of the answer is not read.</summary>
    /// <returns>The answer, which is a success; null where there is no such thing, or one that the request wants to stay.</returns>
    /// <exception cref="RemoteStoreException">The answer is something else.</exception>
    public static async Task<HttpResponseMessage?> AskAsync(this HttpClient client, HttpRequestMessage request, CancellationToken cancellation) =>
        Judged(request, await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false));

    /// <summary>What an answer comes to; see <see cref="AskAsync"/>.</summary>
    public static HttpResponseMessage? Judged(HttpRequestMessage request, HttpResponseMessage answer)
    {
        if (answer.IsSuccessStatusCode && (request.Method != HttpMethod.Get || answer.StatusCode == HttpStatusCode.OK))
        {
            return answer;
        }

        using (answer)
        {
            var isRead = request.Method == HttpMethod.Get || request.Method == HttpMethod.Head;
            var isAbsent = answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone && isRead;
            var isKept = answer.StatusCode == HttpStatusCode.PreconditionFailed && request.Headers.IfNoneMatch.Count > 0;
            return isAbsent || isKept ? null : throw Trouble((int)answer.StatusCode, answer.Headers.RetryAfter?.Delta, !isRead);
        }
    }

    /// <summary>Copies the body of an answer, which has to be as long as its header says.</summary>
    public static async Task CopyToAsync(this HttpResponseMessage answer, Stream target, CancellationToken cancellation)
    {
        var body = await answer.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            await body.CopyToAsync(target, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>What an answer that is no success means.</summary>
    /// <param name="status">The status.</param>
    /// <param name="retryAfter">How long the server asks to wait; null where it does not say.</param>
    /// <param name="isWrite">True where something was to be put in.</param>
    public static RemoteStoreException Trouble(int status, TimeSpan? retryAfter, bool isWrite) => status switch
    {
        >= 300 and < 400 => new RemoteStoreException($"it redirects elsewhere ({status})"),
        401 or 407 => new RemoteStoreException($"it wants to know who asks ({status}); give credentials in the environment" + ReadOnly(isWrite)),
        403 or 405 => new RemoteStoreException($"it does not permit that ({status})" + ReadOnly(isWrite)),
        404 or 410 => new RemoteStoreException($"there is no such place ({status})"),
        408 or 429 or 500 or 502 or 503 or 504 => new RemoteStoreException($"it has trouble ({status})") { IsTransient = true, RetryAfter = retryAfter },
        413 or 507 => new RemoteStoreException($"it has no room for that ({status})"),
        _ => new RemoteStoreException($"it answers with {status}"),
    };

    private static string ReadOnly(bool isWrite) => isWrite ? ", or set MODELSLIM_REMOTE_CACHE_MODE=read" : string.Empty;
}
