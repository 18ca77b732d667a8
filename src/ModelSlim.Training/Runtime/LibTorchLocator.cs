using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Training.Runtime;

/// <summary>Finds libtorch on this machine. It downloads nothing.</summary>
/// <param name="host">The machine.</param>
/// <param name="environment">Looks up environment variables.</param>
public sealed class LibTorchLocator(HostPlatform host, Func<string, string?> environment)
{
    /// <summary>Environment variable that names a folder with libtorch.</summary>
    public const string Variable = "MODELSLIM_LIBTORCH_DIR";

    /// <summary>
    /// Looks at the named folder, then at <see cref="Variable"/>, then for the package <c>libtorch-cpu-RID</c> in NuGet's
    /// folders. A folder that the user named must hold libtorch; it is not passed over.
    /// </summary>
    /// <param name="named">Folder that the user named; null where there is none.</param>
    /// <param name="from">Folder of the project or the model, whose nuget.config counts; null for the user's alone.</param>
    /// <returns>The folder; else <c>MSLIM2001</c> where no libtorch exists for this machine, <c>MSLIM2002</c> where it is not
    /// here, <c>MSLIM2004</c> where the named folder does not hold it.</returns>
    public Result<LibTorchDirectory> Locate(string? named, string? from)
    {
        var files = LibTorchFiles.Of(host.Rid);
        var (folder, source) = named is { Length: > 0 }
            ? (named, "the named libtorch folder")
            : (environment(Variable), Variable);
        if (folder is { Length: > 0 })
        {
            files.Find(folder, out var missing);
            return missing.IsEmpty
                ? new LibTorchDirectory(Path.GetFullPath(folder), LibTorchOrigin.Named)
                : DiagnosticCodes.LibTorchFolderInvalid.Says(
                    $"{folder} ({source}) does not hold {string.Join(", ", missing)}; name the folder with the libraries of " +
                    $"libtorch {LibTorchVersion.Value} for {host.Rid}.");
        }

        if (host.LibTorchPackage is not { } package)
        {
            return DiagnosticCodes.RuntimeUnsupported.Says(
                $"there is no libtorch for {host.Rid}; fine-tune on linux-x64, win-x64 or osx-arm64 (results can be shared " +
                "through the cache), or prune without fine-tuning (epochs: 0).");
        }

        var folders = new NuGetFolders(environment).List(from);
        return folders.Select(packages => InPackages(packages, package, files)).OfType<LibTorchDirectory>().FirstOrDefault()
            is { } found
            ? found
            : DiagnosticCodes.LibTorchMissing.Says(
                $"the package {package} {LibTorchVersion.Value} is not in {string.Join(" or ", folders)}; run once without --offline, " +
                $"or set {Variable} to a folder with libtorch.");
    }

    /// <summary>Looks for the package in one NuGet folder.</summary>
    /// <param name="packages">The folder.</param>
    internal LibTorchDirectory? LocateIn(string packages) =>
        host.LibTorchPackage is { } package ? InPackages(packages, package, LibTorchFiles.Of(host.Rid)) : null;

    private LibTorchDirectory? InPackages(string packages, string package, LibTorchFiles files)
    {
        var root = Path.Combine(packages, package, LibTorchVersion.Value);
        var native = Path.Combine(root, "runtimes", host.Rid, "native");
        files.Find(native, out var missing);

        // NuGet writes this file last: without it an extraction was cut off.
        return missing.IsEmpty && File.Exists(Path.Combine(root, ".nupkg.metadata"))
            ? new LibTorchDirectory(native, LibTorchOrigin.Package)
            : null;
    }
}
