using System.Globalization;
using ModelSlim.Build.Tests.Testing;

[assembly: AssemblyFixture(typeof(Packages))]

namespace ModelSlim.Build.Tests.Testing;

/// <summary>
/// Both packages, packed once a run, by the first test that asks, under a version of their own; and a NuGet folder that has nothing
/// else in it. Everything else comes from the folder that building this repository filled, so that no test needs the network.
/// </summary>
public sealed class Packages : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("modelslim-packages-");
    private readonly Lazy<Task> _packing;

    public Packages() => _packing = new Lazy<Task>(PackAsync);

    public string Version { get; } = "0.0.1-t." + DateTime.UtcNow.Ticks.ToString(CultureInfo.InvariantCulture);

    public string Feed => Path.Combine(_root.FullName, "feed");

    public string BuildPackage => Path.Combine(Feed, $"ModelSlim.Build.{Version}.nupkg");

    public string ToolPackage => Path.Combine(Feed, $"ModelSlim.{Version}.nupkg");

    internal Dictionary<string, string> Environment => new(StringComparer.Ordinal)
    {
        ["NUGET_PACKAGES"] = Path.Combine(_root.FullName, "packages"),
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["UseSharedCompilation"] = "false",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_NOLOGO"] = "1",
        ["DOTNET_CLI_UI_LANGUAGE"] = "en",
    };

    /// <summary>Waits until the packages are there.</summary>
    public Task ReadyAsync() => _packing.Value;

    /// <summary>Makes a folder for projects that use the packages.</summary>
    /// <param name="folder">Its name, for tests about names.</param>
    public async Task<TestSolution> NewSolutionAsync(string folder = "work")
    {
        await ReadyAsync();
        return new TestSolution(this, folder);
    }

    public void Dispose() => _root.Delete(recursive: true);

    private async Task PackAsync()
    {
        // The packages of the repository are where they are; only the projects of the tests get the empty folder.
        var environment = Environment;
        environment["NUGET_PACKAGES"] = Repository.NuGetPackages;
        foreach (var project in (string[])["ModelSlim.Build", "ModelSlim.Tool"])
        {
            var packed = await new DotNet(environment).RunAsync(
                Repository.Root,
                CancellationToken.None,
                "pack", Repository.Project(project), "--no-build", "-c", Repository.Configuration, "-o", Feed, "-p:PackageVersion=" + Version);
            Assert.True(packed.ExitCode == 0, packed.Output);
        }
    }
}
