namespace ModelSlim.Fuzzing;

/// <summary>Files with which a parser once broke what it promises.</summary>
public static class StoredCases
{
    /// <summary>Those of a parser.</summary>
    public static IReadOnlyList<byte[]> Of(string parser)
    {
        var assembly = typeof(StoredCases).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.Replace('\\', '/').StartsWith(parser + "/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(name =>
                {
                    using var stored = assembly.GetManifestResourceStream(name)!;
                    using var bytes = new MemoryStream();
                    stored.CopyTo(bytes);
                    return bytes.ToArray();
                }),
        ];
    }
}
