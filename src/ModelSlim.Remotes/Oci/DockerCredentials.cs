using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ModelSlim.Remotes.Oci;

/// <summary>Who we are to a registry, as <c>docker login</c> left it.</summary>
internal static class DockerCredentials
{
    /// <summary>Reads the credentials of a registry.</summary>
    /// <param name="host">The registry, with its port where it has one.</param>
    /// <param name="variable">Value of an environment variable, or null.</param>
    /// <returns>The header for whoever gives tokens; null where there is nothing, or a credential helper that only Docker knows.</returns>
    public static AuthenticationHeaderValue? Read(string host, Func<string, string?> variable)
    {
        var folder = variable("DOCKER_CONFIG") is { Length: > 0 } named ? named
            : (variable("HOME") ?? variable("USERPROFILE")) is { Length: > 0 } home ? Path.Combine(home, ".docker") : null;
        try
        {
            return folder is not null
                && JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "config.json"))) is JsonObject config
                && (string?)config["auths"]?[host]?["auth"] is { Length: > 0 } auth
                    ? new AuthenticationHeaderValue("Basic", auth)
                    : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
