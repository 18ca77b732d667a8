using System.Diagnostics;
using System.Text.Json;
using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Training.Runtime;

/// <summary>
/// Finds libtorch, and fetches it where it is not on this machine: <c>dotnet restore</c> of a project that only downloads the
/// package, so that the user's sources, mirrors, credentials and package folder count. ModelSlim itself opens no connection.
/// </summary>
/// <param name="host">The machine.</param>
/// <param name="environment">Variables of this process.</param>
/// <param name="dotnet">The <c>dotnet</c> program.</param>
public sealed class LibTorchAcquisition(HostPlatform host, IReadOnlyDictionary<string, string> environment, string dotnet)
{
    private const string Stage = "libtorch";

    /// <summary>Finds or fetches libtorch.</summary>
    /// <param name="named">Folder that the user named; null where there is none.</param>
    /// <param name="from">Folder of the project or the model, whose nuget.config counts; null for the user's alone.</param>
    /// <param name="offline">True to fetch nothing.</param>
    /// <param name="progress">Told when a download begins and ends.</param>
    /// <param name="cancellation">Ends the download.</param>
    /// <returns>The folder; else the diagnostics of <see cref="LibTorchLocator"/>, or <c>MSLIM2003</c>.</returns>
    public async Task<Result<LibTorchDirectory>> ObtainAsync(
        string? named, string? from, bool offline, IProgress<StageProgress> progress, CancellationToken cancellation)
    {
        var locator = new LibTorchLocator(host, environment.GetValueOrDefault);
        var found = locator.Locate(named, from);
        if (found.Succeeded || offline || found.Diagnostics[0].Descriptor != DiagnosticCodes.LibTorchMissing)
        {
            return found;
        }

        progress.Report(new StageProgress(Stage, 0, 1, $"fetching {host.LibTorchPackage} {LibTorchVersion.Value} through NuGet"));
        var fetched = await FetchAsync(locator, from, cancellation);
        progress.Report(new StageProgress(Stage, 1, 1, fetched.Value?.Path ?? "failed"));
        return fetched;
    }

    private async Task<Result<LibTorchDirectory>> FetchAsync(
        LibTorchLocator locator, string? from, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("modelslim-restore-").FullName;
        try
        {
            var project = await WriteProjectAsync(folder, cancellation);
            using var process = Process.Start(Restore(project, from ?? Environment.CurrentDirectory));
            if (process is null)
            {
                return Failed("dotnet restore could not be started");
            }

            string[] lines;
            try
            {
                var errors = process.StandardError.ReadToEndAsync(cancellation);
                var output = await process.StandardOutput.ReadToEndAsync(cancellation);
                await process.WaitForExitAsync(cancellation);
                lines = (output + await errors).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            }
            finally
            {
                if (!process.HasExited)
                {
                    process.Kill(entireProcessTree: true);
                    await process.WaitForExitAsync(CancellationToken.None);
                }
            }

            if (process.ExitCode != 0)
            {
                return Failed(Errors(lines));
            }

            return PackageFolders(Path.Combine(folder, "obj", "project.assets.json"))
                .Select(locator.LocateIn).OfType<LibTorchDirectory>().FirstOrDefault() is { } found
                ? found
                : Failed("dotnet restore succeeded, but the package is in none of its folders");
        }
        catch (System.ComponentModel.Win32Exception failure)
        {
            return Failed($"{dotnet} cannot be started: {failure.Message}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private Diagnostic Failed(string reason) => DiagnosticCodes.LibTorchFetchFailed.Says(
        $"{host.LibTorchPackage} {LibTorchVersion.Value}: {reason}; check the NuGet sources, or set {LibTorchLocator.Variable} " +
        "to a folder with libtorch.");

    private async Task<string> WriteProjectAsync(string folder, CancellationToken cancellation)
    {
        // Empty files stop MSBuild from taking those of a folder above. Without framework references nothing else is fetched.
        foreach (var name in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
        {
            await File.WriteAllTextAsync(Path.Combine(folder, name), "<Project />", cancellation);
        }

        var project = Path.Combine(folder, "LibTorch.csproj");
        await File.WriteAllTextAsync(
            project,
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <DisableImplicitFrameworkReferences>true</DisableImplicitFrameworkReferences>
                <EnableTargetingPackDownload>false</EnableTargetingPackDownload>
                <UseAppHost>false</UseAppHost>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
                <PackageDownload Include="{host.LibTorchPackage}" Version="[{LibTorchVersion.Value}]" />
              </ItemGroup>
            </Project>
            """,
            cancellation);
        return project;
    }

    private ProcessStartInfo Restore(string project, string configurations)
    {
        var start = new ProcessStartInfo(dotnet)
        {
            ArgumentList =
            {
                "restore", project, "--verbosity", "quiet", "--nologo", "-nodeReuse:false",
                $"-p:RestoreRootConfigDirectory={Path.GetFullPath(configurations)}",
            },
            WorkingDirectory = Path.GetDirectoryName(project),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };

        // Inside a build, variables of the outer MSBuild would lead the inner one to the wrong files.
        start.Environment.Clear();
        foreach (var (name, value) in environment.Where(
            variable => !variable.Key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)))
        {
            start.Environment[name] = value;
        }

        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        return start;
    }

    // The lines of NuGet's errors, without the path of a project that the user does not know.
    private static string Errors(string[] lines)
    {
        var errors = lines
            .Select(line => line.IndexOf("error ", StringComparison.Ordinal) is >= 0 and var at ? line[(at + "error ".Length)..] : null)
            .OfType<string>()
            .Select(error => error.Split(" [")[0])
            .Distinct()
            .Take(2)
            .ToList();
        return errors.Count > 0 ? string.Join(" ", errors).TrimEnd('.') : lines.LastOrDefault() ?? "dotnet restore failed";
    }

    private static IEnumerable<string> PackageFolders(string assets)
    {
        if (!File.Exists(assets))
        {
            return [];
        }

        using var document = JsonDocument.Parse(File.ReadAllBytes(assets));
        return document.RootElement.TryGetProperty("packageFolders", out var folders)
            ? [.. folders.EnumerateObject().Select(folder => folder.Name)]
            : [];
    }
}
