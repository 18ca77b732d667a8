using System.Diagnostics;
using System.Globalization;
using ModelSlim.Testing;

namespace ModelSlim.Benchmarks;

/// <summary>
/// A folder with projects that use the packed <c>ModelSlim.Build</c>, cut off from everything around it; and how <c>dotnet</c> runs there.
/// </summary>
internal sealed class PackagedBuilds : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _version;

    /// <summary>Makes the folder.</summary>
    /// <param name="feed">Folder with the package, as <c>dotnet pack</c> leaves it.</param>
    /// <exception cref="InvalidOperationException">It is not there.</exception>
    public PackagedBuilds(string feed)
    {
        const string name = "ModelSlim.Build.";
        var package = new DirectoryInfo(feed).EnumerateFiles(name + "*.nupkg").OrderBy(file => file.LastWriteTimeUtc).LastOrDefault()
            ?? throw new InvalidOperationException($"No {name}nupkg in '{feed}'; run dotnet pack src/ModelSlim.Build -o '{feed}'.");
        _version = Path.GetFileNameWithoutExtension(package.Name)[name.Length..];
        foreach (var file in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"])
        {
            _folder.Write(file, "<Project />");
        }

        _folder.Write("global.json", "{}");
        _folder.Write("nuget.config", $"""
            <configuration>
              <packageSources><clear /><add key="feed" value="{package.DirectoryName}" /></packageSources>
              <fallbackPackageFolders><clear /></fallbackPackageFolders>
              <auditSources><clear /></auditSources>
            </configuration>
            """);
    }

    /// <summary>The store of all projects.</summary>
    public string Store => _folder.File("store");

    /// <summary>The <c>modelslim.dll</c> of the package, once a project was restored.</summary>
    public string Tool => _folder.File("packages", "modelslim.build", _version, "tools", "net10.0", "any", "modelslim.dll");

    /// <summary>A path in the folder.</summary>
    public string this[string path] => _folder.File(path.Split('/'));

    /// <summary>Writes a project, <c>NAME/NAME.csproj</c>.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="usesPackage">Whether models in it are slimmed.</param>
    /// <param name="items">Items.</param>
    public void WriteProject(string name, bool usesPackage, string items = "") => _folder.Write(Path.Combine(name, name + ".csproj"), $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <UseAppHost>false</UseAppHost>
            <NuGetAudit>false</NuGetAudit>
            <ModelSlimCacheDirectory>{Store}</ModelSlimCacheDirectory>
            <ModelSlimLibTorchDirectory>{LibTorch()}</ModelSlimLibTorchDirectory>
          </PropertyGroup>
          <ItemGroup>
            {(usesPackage ? $"""<PackageReference Include="ModelSlim.Build" Version="{_version}" PrivateAssets="all" />""" : "")}
            {items}
          </ItemGroup>
        </Project>
        """);

    /// <summary>Writes a text file.</summary>
    public void Write(string path, string text) => File.WriteAllText(this[path], text);

    /// <summary>A start of <c>dotnet</c> in the folder, in which nothing outlives the command.</summary>
    public ProcessStartInfo DotNet(params string[] arguments)
    {
        var start = new ProcessStartInfo(ToolStart.DotNet, arguments)
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name.StartsWith("MODELSLIM", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["NUGET_PACKAGES"] = _folder.File("packages");
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        return start;
    }

    /// <summary>Runs <c>dotnet</c> to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message is what it said.</exception>
    public async Task<string> RunAsync(CancellationToken cancellation, params string[] arguments)
    {
        var run = await ToolStart.RunAsync(DotNet(arguments), cancellation);
        return run.ExitCode == 0
            ? run.Output
            : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"dotnet {string.Join(' ', arguments)} ended with {run.ExitCode}: {run.Output}{run.Error}"));
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    /// <summary>As building this repository left it; empty where there is none, and then what trains fetches it.</summary>
    private static string LibTorch()
    {
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var folder = new DirectoryInfo(Path.Combine(packages, "libtorch-cpu-" + System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier));
        return folder.Exists ? folder.GetDirectories("native", SearchOption.AllDirectories).FirstOrDefault()?.FullName ?? "" : "";
    }
}
