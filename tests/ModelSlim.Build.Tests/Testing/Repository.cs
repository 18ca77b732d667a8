using System.Reflection;
using System.Xml.Linq;

namespace ModelSlim.Build.Tests.Testing;

/// <summary>Where this repository, its build results and its packages are.</summary>
internal static class Repository
{
    public static string Root { get; } = Metadata("RepositoryRoot");

    public static string Configuration { get; } = Metadata("Configuration");

    /// <summary>The folder with all packages that building the repository restored.</summary>
    public static string NuGetPackages { get; } = Metadata("NuGetPackageRoot");

    public static string FakeTool { get; } =
        Path.Combine(Root, "tests", "ModelSlim.FakeTool", "bin", Configuration, "net10.0", "faketool.dll");

    public static string Project(string name) => Path.Combine(Root, "src", name, name + ".csproj");

    /// <summary>The version of a package that the repository uses.</summary>
    public static string VersionOf(string package) => XDocument.Load(Path.Combine(Root, "build", "Packages.props"))
        .Descendants("PackageVersion").Single(element => (string?)element.Attribute("Include") == package).Attribute("Version")!.Value;

    /// <summary>Whether the folder of packages has one that the SDK asks for by itself, in the SDK's version.</summary>
    public static bool HasPack(string package) =>
        Directory.Exists(Path.Combine(NuGetPackages, package.ToLowerInvariant(), Environment.Version.ToString()));

    private static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;
}
