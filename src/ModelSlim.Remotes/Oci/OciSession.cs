using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ModelSlim.Core.Caching;
using ModelSlim.Remotes.Http;

namespace ModelSlim.Remotes.Oci;

/// <summary>Talks to a registry, and gets a token where it wants one.</summary>
/// <param name="given">Who we are; null where nobody said.</param>
/// <param name="docker">Who we are in that case, asked where a registry wants to know.</param>
/// <param name="times">How long it may take.</param>
internal sealed partial class OciSession(AuthenticationHeaderValue? given, DockerCredentials docker, RemoteTimes times) : IDisposable
{
    private const int LargestToken = 1 << 20;

    // Contents may lie elsewhere. No credentials go along there, and nothing goes from https to http.
    private readonly HttpClient client = HttpTransport.Client(times, redirects: 3);
    private AuthenticationHeaderValue? header = given?.Scheme == "Bearer" ? given : null;

    /// <summary>Sends a request; see <see cref="HttpTransport.AskAsync"/>.</summary>
    /// <param name="make">Makes the request, as often as it is sent.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<HttpResponseMessage?> AskAsync(Func<HttpRequestMessage> make, CancellationToken cancellation)
    {
        using var first = Request(make);
        var answer = await client.SendAsync(first, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
        if (answer.StatusCode != HttpStatusCode.Unauthorized)
        {
            return HttpTransport.Judged(first, answer);
        }

        using (answer)
        {
            header = await AuthorizeAsync([.. answer.Headers.WwwAuthenticate], cancellation).ConfigureAwait(false);
        }

        using var second = Request(make);
        return HttpTransport.Judged(second, await client.SendAsync(second, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private HttpRequestMessage Request(Func<HttpRequestMessage> make)
    {
        var request = make();
        request.Headers.Authorization = header;
        return request;
    }

    private async Task<AuthenticationHeaderValue?> AuthorizeAsync(AuthenticationHeaderValue[] wanted, CancellationToken cancellation)
    {
        var credentials = given ?? await docker.ReadAsync(cancellation).ConfigureAwait(false);
        if (wanted.FirstOrDefault(way => way.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))?.Parameter is not { } parameters)
        {
            return credentials;
        }

        var values = Parameters().Matches(parameters).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value, StringComparer.OrdinalIgnoreCase);
        if (!Uri.TryCreate(values.GetValueOrDefault("realm"), UriKind.Absolute, out var realm) || !(realm.Scheme == Uri.UriSchemeHttps || (realm.Scheme == Uri.UriSchemeHttp && realm.IsLoopback)))
        {
            throw new RemoteStoreException("it names no place to get a token from that could be trusted");
        }

        var query = string.Join('&', values.Where(value => value.Key is "service" or "scope").Select(value => $"{value.Key}={Uri.EscapeDataString(value.Value)}"));
        using var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(realm) { Query = query }.Uri) { Headers = { Authorization = credentials } };
        using var answer = await client.AskAsync(request, cancellation).ConfigureAwait(false);
        using var body = new MemoryStream();
        if (answer is not null)
        {
            await answer.CopyToAsync(new BoundedStream(body, LargestToken), cancellation).ConfigureAwait(false);
        }

        return TokenIn(body.ToArray()) is { } token ? new AuthenticationHeaderValue("Bearer", token) : throw new RemoteStoreException("it gives no token");
    }

    private static string? TokenIn(byte[] body)
    {
        try
        {
            var document = body.Length == 0 ? null : JsonNode.Parse(body) as JsonObject;
            return (string?)(document?["token"] ?? document?["access_token"]);
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"([a-z]+)=""([^""]*)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Parameters();
}
