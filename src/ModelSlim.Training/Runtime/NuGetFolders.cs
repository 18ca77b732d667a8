using System.Xml;
using System.Xml.Linq;

namespace ModelSlim.Training.Runtime;

/// <summary>The folders that NuGet keeps unpacked packages in.</summary>
internal sealed class NuGetFolders(Func<string, string?> environment)
{
    /// <summary>
    /// Lists the global packages folder and the fallback folders: from <c>NUGET_PACKAGES</c> and
    /// <c>NUGET_FALLBACK_PACKAGES</c>, from the nuget.config files between a folder and the root, from the user's
    /// nuget.config, and the default <c>~/.nuget/packages</c>. A nearer file wins, as in NuGet. A file that cannot be read is
    /// passed over: restore will complain about it.
    /// </summary>
    /// <param name="from">Folder of the project or the model; null to look at the user's settings alone.</param>
    public IReadOnlyList<string> List(string? from)
    {
        var home = environment("HOME") is { Length: > 0 } unix ? unix : environment("USERPROFILE");
        var configurations = Configurations(from, home).Select(Read).OfType<(string Folder, XElement Root)>().ToList();
        var global = environment("NUGET_PACKAGES") is { Length: > 0 } named
            ? named
            : configurations.Select(config => Setting(config.Folder, config.Root)).OfType<string>().FirstOrDefault()
                ?? (home is null ? null : Path.Combine(home, ".nuget", "packages"));
        var fallback = (environment("NUGET_FALLBACK_PACKAGES") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(configurations.SelectMany(config => Fallbacks(config.Folder, config.Root)));
        return [.. new[] { global }.OfType<string>().Concat(fallback).Select(Path.GetFullPath).Distinct()];
    }

    private IEnumerable<string> Configurations(string? from, string? home)
    {
        for (var folder = from is null ? null : new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            foreach (var name in new[] { "nuget.config", "NuGet.config", "NuGet.Config" })
            {
                yield return Path.Combine(folder.FullName, name);
            }
        }

        if (environment("APPDATA") is { Length: > 0 } roaming)
        {
            yield return Path.Combine(roaming, "NuGet", "NuGet.Config");
        }

        if (home is not null)
        {
            yield return Path.Combine(home, ".nuget", "NuGet", "NuGet.Config");
            yield return Path.Combine(home, ".config", "NuGet", "NuGet.Config");
        }
    }

    private static (string Folder, XElement Root)? Read(string file)
    {
        try
        {
            using var reader = File.Exists(file)
                ? XmlReader.Create(file, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore })
                : null;
            return reader is not null && XDocument.Load(reader).Root is { } root ? (Path.GetDirectoryName(file)!, root) : null;
        }
        catch (Exception failure) when (failure is XmlException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private string? Setting(string folder, XElement root) => root.Elements("config").Elements("add")
        .Where(add => "globalPackagesFolder".Equals((string?)add.Attribute("key"), StringComparison.OrdinalIgnoreCase))
        .Select(add => Full(folder, (string?)add.Attribute("value")))
        .LastOrDefault();

    private IEnumerable<string> Fallbacks(string folder, XElement root) => root.Elements("fallbackPackageFolders").Elements("add")
        .Select(add => Full(folder, (string?)add.Attribute("value")))
        .OfType<string>();

    private string? Full(string folder, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return null;
        }

        // NuGet writes environment variables as on Windows, on every system.
        var parts = value.Split('%');
        for (var i = 1; i + 1 < parts.Length; i += 2)
        {
            parts[i] = environment(parts[i]) ?? $"%{parts[i]}%";
        }

        return Path.Combine(folder, string.Concat(parts).Replace('\\', Path.DirectorySeparatorChar));
    }
}
