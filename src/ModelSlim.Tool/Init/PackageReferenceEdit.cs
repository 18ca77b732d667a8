using System.Collections.Immutable;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Files;

namespace ModelSlim.Tool.Init;

/// <summary>
/// Adds a build-time package to a project file and leaves everything else in it as it is. With central package management
/// (Directory.Packages.props above the project) the version goes there.
/// </summary>
/// <param name="package">Name of the package.</param>
/// <param name="version">Its version.</param>
internal sealed class PackageReferenceEdit(string package, string version)
{
    private const char ByteOrderMark = '\uFEFF';
    private const string Central = "Directory.Packages.props";

    /// <summary>Nothing was done.</summary>
    public static Outcome Nothing { get; } = new([]);

    /// <summary>Adds the package, unless it is there.</summary>
    /// <param name="project">Path of the project file.</param>
    /// <returns>The files that were written; MSLIM0002 where the project is no XML file of MSBuild.</returns>
    public Result<Outcome> Apply(string project)
    {
        try
        {
            var file = Load(project);
            if (Has(file, "PackageReference"))
            {
                return Nothing;
            }

            var central = FindCentral(project);
            Add(file, new XElement(
                Name(file, "PackageReference"),
                new XAttribute("Include", package),
                central is null ? new XAttribute("Version", version) : null,
                new XAttribute("PrivateAssets", "all")));
            var written = ImmutableArray.CreateBuilder<string>();
            if (central is not null && Load(central) is var versions && !Has(versions, "PackageVersion"))
            {
                Add(versions, new XElement(
                    Name(versions, "PackageVersion"), new XAttribute("Include", package), new XAttribute("Version", version)));
                Save(central, versions);
                written.Add(central);
            }

            Save(project, file);
            written.Insert(0, project);
            return new Outcome(written.ToImmutable());
        }
        catch (XmlException error)
        {
            return DiagnosticCodes.FileAccess.At(
                new SourceSpan(project, error.LineNumber, error.LinePosition), $"The project is not valid XML: {error.Message}");
        }
    }

    private static XDocument Load(string path) => XDocument.Load(path, LoadOptions.PreserveWhitespace | LoadOptions.SetLineInfo);

    private static XName Name(XDocument file, string name) => file.Root!.Name.Namespace + name;

    private static string? FindCentral(string project)
    {
        for (var folder = Path.GetDirectoryName(Path.GetFullPath(project)); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var path = Path.Combine(folder, Central);
            if (File.Exists(path))
            {
                var isOn = Load(path).Descendants().Any(element =>
                    element.Name.LocalName == "ManagePackageVersionsCentrally" && element.Value.Trim().Equals("true", StringComparison.OrdinalIgnoreCase));
                return isOn ? path : null;
            }
        }

        return null;
    }

    private bool Has(XDocument file, string item) => file.Descendants().Any(element =>
        element.Name.LocalName == item
        && string.Equals((string?)element.Attribute("Include"), package, StringComparison.OrdinalIgnoreCase));

    private static void Add(XDocument file, XElement item)
    {
        var last = file.Root!.Elements().LastOrDefault(group => group.Name.LocalName == "ItemGroup"
            && group.Attribute("Condition") is null
            && group.Elements().Any(element => element.Name == item.Name));
        if (last is not null)
        {
            last.Elements().Last().AddAfterSelf(new XText("\n    "), item);
            return;
        }

        var group = new XElement(Name(file, "ItemGroup"), new XText("\n    "), item, new XText("\n  "));
        if (file.Root.LastNode is XText end)
        {
            end.AddBeforeSelf(new XText("\n  "), group);
        }
        else
        {
            file.Root.Add(new XText("\n  "), group, new XText("\n"));
        }
    }

    private static void Save(string path, XDocument file)
    {
        // What XDocument does not keep: byte order mark, line ends, and the line end after the last element.
        var before = Encoding.UTF8.GetString(File.ReadAllBytes(path));
        var text = (file.Declaration is null ? string.Empty : file.Declaration + "\n") + file.ToString(SaveOptions.DisableFormatting);
        text = before.EndsWith('\n') && !text.EndsWith('\n') ? text + "\n" : text;
        text = before.Contains("\r\n", StringComparison.Ordinal) ? text.Replace("\n", "\r\n", StringComparison.Ordinal) : text;
        text = before.StartsWith(ByteOrderMark) ? ByteOrderMark + text : text;
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>What was done.</summary>
    /// <param name="Files">Files that were written.</param>
    internal sealed record Outcome(ImmutableArray<string> Files);
}
