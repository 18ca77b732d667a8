using System.Net.Http.Headers;
using System.Text;

namespace ModelSlim.Remotes.Http;

/// <summary>Who we are, for servers that ask in the way of HTTP: from the environment and nowhere else.</summary>
internal static class HttpCredentials
{
    /// <summary>The variable with a token.</summary>
    public const string Token = "MODELSLIM_REMOTE_CACHE_TOKEN";

    /// <summary>The variable with a user's name.</summary>
    public const string User = "MODELSLIM_REMOTE_CACHE_USER";

    /// <summary>The variable with a user's password.</summary>
    public const string Password = "MODELSLIM_REMOTE_CACHE_PASSWORD";

    /// <summary>The header to send.</summary>
    /// <param name="variable">Value of an environment variable, or null.</param>
    /// <returns>The header; null where the environment has no credentials.</returns>
    public static AuthenticationHeaderValue? Read(Func<string, string?> variable)
    {
        if (variable(Token) is { Length: > 0 } token)
        {
            return new AuthenticationHeaderValue("Bearer", token.Trim());
        }

        return variable(User) is { Length: > 0 } user
            ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{variable(Password)}")))
            : null;
    }
}
