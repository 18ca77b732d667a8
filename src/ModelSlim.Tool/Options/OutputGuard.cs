using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Files;

namespace ModelSlim.Tool.Options;

/// <summary>Keeps a verb from writing over what it reads, or two results into one file.</summary>
internal sealed class OutputGuard
{
    private readonly FileIdentity identity = new();

    /// <summary>Looks for the first clash. A path that is empty, or no path at all, clashes with nothing.</summary>
    /// <param name="written">What the verb writes, such as <c>report</c>, and where; null where it does not.</param>
    /// <param name="read">What it reads, such as <c>model</c>, and where.</param>
    /// <returns>What is wrong; null where nothing is.</returns>
    public string? Clash(IReadOnlyList<(string Name, string? Path)> written, IEnumerable<(string Name, string? Path)> read)
    {
        var inputs = read.Where(input => IsPath(input.Path)).ToArray();
        for (var i = 0; i < written.Count; i++)
        {
            if (!IsPath(written[i].Path))
            {
                continue;
            }

            foreach (var input in inputs.Where(input => identity.AreSame(written[i].Path!, input.Path!)))
            {
                return $"The {written[i].Name} would overwrite the {input.Name}; name another file";
            }

            foreach (var other in written.Take(i).Where(other => IsPath(other.Path) && identity.AreSame(written[i].Path!, other.Path!)))
            {
                return $"The {written[i].Name} would overwrite the {other.Name}; name another file";
            }
        }

        return null;
    }

    /// <summary>The same, as a diagnostic.</summary>
    public Diagnostic? Refusal(IReadOnlyList<(string Name, string? Path)> written, IEnumerable<(string Name, string? Path)> read) =>
        Clash(written, read) is { } clash ? DiagnosticCodes.CommandLine.Says(clash) : null;

    private static bool IsPath(string? path) => !string.IsNullOrWhiteSpace(path) && !path.Contains('\0', StringComparison.Ordinal);
}
