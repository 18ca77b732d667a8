namespace ModelSlim.Core.Onnx;

/// <summary>
/// Finds files of external data, which may lie only in the model's own folder or below it. Names that could lead elsewhere on
/// any operating system are refused before a file is touched.
/// </summary>
internal static class ExternalLocation
{
    /// <summary>
    /// True where a location is a plain relative path: no root, drive, backslash, <c>..</c>, empty part or control character,
    /// and no part that Windows would shorten to another one.
    /// </summary>
    public static bool IsInside(string location) =>
        location.Length > 0
        && !location.Any(letter => letter is '\\' or ':' || char.IsControl(letter))
        && location.Split('/').All(part => part == "." || IsPlainName(part));

    /// <summary>
    /// The full path of a location that <see cref="IsInside"/> allows, or null where a file or folder on the way is a link.
    /// </summary>
    public static string? Resolve(string folder, string location)
    {
        var path = folder;
        foreach (var part in location.Split('/').Where(part => part != "."))
        {
            path = Path.Combine(path, part);
            if (new FileInfo(path).LinkTarget is not null)
            {
                return null;
            }
        }

        return path;
    }

    private static bool IsPlainName(string part) => part.Length > 0 && part.Trim() == part && part[^1] != '.';
}
