using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ModelSlim.Remotes.Oci;

/// <summary>Who we are to a registry, as <c>docker login</c> left it: with a credential helper, or in Docker's own file.</summary>
/// <param name="host">The registry, with its port where it has one.</param>
/// <param name="variable">Value of an environment variable, or null.</param>
internal sealed class DockerCredentials(string host, Func<string, string?> variable)
{
    /// <summary>Reads the credentials, anew each time: those of a helper may be good for a while only.</summary>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The header for whoever gives tokens; null where there is nothing.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<AuthenticationHeaderValue?> ReadAsync(CancellationToken cancellation)
    {
        if (Config() is not { } config)
        {
            return null;
        }

        // The order of Docker: the helper of this registry, the helper of all, the file.
        var helper = Text(config["credHelpers"]?[host]) ?? Text(config["credsStore"]);
        return (helper is null ? null : await new DockerCredentialHelper(helper, variable).AskAsync(host, cancellation).ConfigureAwait(false))
            ?? (Text(config["auths"]?[host]?["auth"]) is { } auth ? new AuthenticationHeaderValue("Basic", auth) : null);
    }

    private JsonObject? Config()
    {
        var folder = variable("DOCKER_CONFIG") is { Length: > 0 } named ? named
            : (variable("HOME") ?? variable("USERPROFILE")) is { Length: > 0 } home ? Path.Combine(home, ".docker") : null;
        try
        {
            return folder is null ? null : JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "config.json"))) as JsonObject;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
}
