namespace ModelSlim.Remotes.Http;

/// <summary>
/// Which credentials go to which of several addresses. <c>MODELSLIM_REMOTE_CACHE_USER</c>, <c>_PASSWORD</c> and <c>_TOKEN</c> are for
/// the first address, and for others on its server; the same names with <c>_2</c> behind them are for the second, and so on. So no
/// server sees what was meant for another.
/// </summary>
internal static class CredentialScope
{
    private static readonly string[] Names = [HttpCredentials.User, HttpCredentials.Password, HttpCredentials.Token];

    /// <summary>The environment as an address may see it.</summary>
    /// <param name="addresses">All addresses, in order.</param>
    /// <param name="place">Which of them, from 0.</param>
    /// <param name="variable">Value of an environment variable, or null.</param>
    public static Func<string, string?> Of(IReadOnlyList<Uri> addresses, int place, Func<string, string?> variable)
    {
        if (place == 0)
        {
            return variable;
        }

        string Numbered(string name) => $"{name}_{place + 1}";
        var own = Array.Exists(Names, name => variable(Numbered(name)) is { Length: > 0 });
        var shares = addresses[place].Scheme == addresses[0].Scheme && addresses[place].Authority == addresses[0].Authority;
        return name => !Names.Contains(name) ? variable(name)
            : own ? variable(Numbered(name))
            : shares ? variable(name)
            : null;
    }
}
