using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Remotes;

/// <summary>Where a remote store is. An address has no secrets: it stands in project files, logs and binary logs.</summary>
internal static class RemoteAddress
{
    /// <summary>Reads an address.</summary>
    /// <param name="text">What the user wrote.</param>
    /// <param name="schemes">The schemes there are, for the message.</param>
    /// <returns>The address; else MSLIM3024, which quotes nothing that could be a secret.</returns>
    public static Result<Uri> Read(string text, IEnumerable<string> schemes)
    {
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var address) || !schemes.Contains(address.Scheme, StringComparer.Ordinal) || address.Host.Length == 0)
        {
            return Invalid($"the address of the remote cache must begin with {string.Join(", ", schemes.Select(scheme => scheme + "://"))} and name a server");
        }

        if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
        {
            return Invalid($"the address of the remote cache at {address.Host} must have no user, password, query or fragment; give credentials in the environment");
        }

        return address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback
            ? Invalid($"the remote cache at {address.Host} must be spoken to with https, since others could read and change what comes by http")
            : address;
    }

    private static Diagnostic Invalid(string why) => DiagnosticCodes.RemoteSettingInvalid.Says($"{why}; no remote cache is used");
}
