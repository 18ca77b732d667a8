using System.Text.Json.Nodes;
using ModelSlim.Core.Caching;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Pipeline;

namespace ModelSlim.Tool.Doctor;

/// <summary>Which cache a team shares, as this machine is told. Nobody is asked whether it answers.</summary>
internal static class RemoteFindings
{
    /// <summary>Reads the settings.</summary>
    /// <param name="variable">Value of an environment variable, or null.</param>
    public static (Finding Finding, IReadOnlyList<Diagnostic> Problems) Of(Func<string, string?> variable)
    {
        var opened = ModelSlimServices.Remotes(variable).Open(null, null);
        using var remote = opened?.Value;
        return (
            new Finding("remoteCache", "Remote cache", remote is null ? "none" : Text(remote), remote is null ? null : Node(remote)),
            opened is null ? [] : opened.Diagnostics);
    }

    private static string Text(RemoteCache remote) => string.Join(
        "; ",
        [
            remote.Place,
            remote.Writes ? "read and written" : "read",
            remote.Signs ? "results are signed" : "results are not signed",
            remote.Trusts ? "signed ones alone are taken" : "unsigned ones are taken too",
        ]);

    private static JsonObject Node(RemoteCache remote) => new()
    {
        ["place"] = remote.Place,
        ["writes"] = remote.Writes,
        ["signs"] = remote.Signs,
        ["trusts"] = remote.Trusts,
    };
}
