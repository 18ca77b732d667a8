using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ModelSlim.Core.Diagnostics;
using TorchSharp;

namespace ModelSlim.Training.Runtime;

/// <summary>
/// Loads libtorch and TorchSharp's native library by full path, before TorchSharp looks for them itself: its own search
/// copies 500 MB beside <c>TorchSharp.dll</c>, and its library for Linux names a symbol version of GCC 13 that it does not use,
/// so that Debian 12 and Ubuntu 22.04 refuse it. There a copy without that demand is loaded from a private folder of the user.
/// Nothing in a package folder or in an app's output is changed.
/// </summary>
/// <param name="host">The machine.</param>
/// <param name="environment">Looks up environment variables.</param>
/// <param name="spareFolder">Where the copy goes if the user's cache folder cannot be written; null where there is none.</param>
public sealed class TorchLoader(HostPlatform host, Func<string, string?> environment, string? spareFolder = null)
{
    /// <summary>Loads libtorch. Loading twice does no harm.</summary>
    /// <param name="libtorch">Where its libraries are.</param>
    /// <returns>What was loaded; else <c>MSLIM2004</c>, <c>MSLIM2005</c> or <c>MSLIM2006</c>.</returns>
    public Result<TorchRuntime> Load(LibTorchDirectory libtorch)
    {
        var files = LibTorchFiles.Of(host.Rid);
        var libraries = files.Find(libtorch.Path, out var missing);
        if (!missing.IsEmpty)
        {
            return DiagnosticCodes.LibTorchFolderInvalid.Says(
                $"{libtorch.Path} does not hold {string.Join(", ", missing)}.");
        }

        if (FindBackend(files.Backend) is not { } shipped)
        {
            return DiagnosticCodes.RuntimeLoadFailed.Says(
                $"{files.Backend} of TorchSharp is not beside {typeof(torch).Assembly.Location}; install ModelSlim again.");
        }

        return Prepare(shipped).Then<TorchRuntime>(backend =>
        {
            foreach (var library in libraries.Append(backend.Path))
            {
                try
                {
                    NativeLibrary.Load(library);
                }
                catch (Exception failure) when (failure is DllNotFoundException or BadImageFormatException)
                {
                    return DiagnosticCodes.RuntimeLoadFailed.Says($"{library} cannot be loaded: {Reason(failure, library)}");
                }
            }

            // The same look-up as TorchSharp's own. Should it fail, TorchSharp would go on to copy libtorch.
            return NativeLibrary.TryLoad("LibTorchSharp", typeof(torch).Assembly, null, out _)
                ? new TorchRuntime(libtorch, backend.Path, backend.Relaxed)
                : DiagnosticCodes.RuntimeLoadFailed.Says($"{backend.Path} was loaded, but TorchSharp does not find it.");
        });
    }

    private string? FindBackend(string name)
    {
        var assembly = Path.GetDirectoryName(typeof(torch).Assembly.Location) ?? AppContext.BaseDirectory;
        var rid = host.Rid;
        var search = (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return search
            .Append(Path.Combine(assembly, "runtimes", rid, "native"))
            .Append(assembly)
            .Append(Path.Combine(assembly, "..", "..", "runtimes", rid, "native"))
            .Select(folder => Path.GetFullPath(Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
    }

    private Result<PreparedBackend> Prepare(string shipped)
    {
        if (!OperatingSystem.IsLinux())
        {
            return new PreparedBackend(shipped, []);
        }

        var standard = StandardLibrary.Detect();
        var relaxed = new VersionNeedRelaxation().Relax(
            File.ReadAllBytes(shipped), StandardLibrary.Name, standard?.Versions ?? FrozenSet<string>.Empty);
        if (!relaxed.Unmet.IsEmpty)
        {
            return DiagnosticCodes.SystemTooOld.Says(
                $"libtorch needs {string.Join(", ", relaxed.Unmet)} of {StandardLibrary.Name}, but this machine has " +
                $"{standard?.Highest ?? "no such library"}; use a system with GCC 12 or newer, such as Debian 12 or Ubuntu 22.04.");
        }

        if (relaxed.Relaxed.IsEmpty)
        {
            return new PreparedBackend(shipped, []);
        }

        var reasons = new List<string>();
        foreach (var folder in new[] { PrivateFolder.OfUser(environment), spareFolder is null ? null : new(spareFolder) })
        {
            try
            {
                if (folder is not null)
                {
                    var copy = folder.Store(Path.GetFileName(shipped), relaxed.Bytes.Span);
                    return new PreparedBackend(copy, [.. relaxed.Relaxed]);
                }
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                reasons.Add(failure.Message);
            }
        }

        return DiagnosticCodes.RuntimeLoadFailed.Says(
            $"no private folder for a copy of {Path.GetFileName(shipped)} can be written ({string.Join(" ", reasons)}); set " +
            "HOME or XDG_CACHE_HOME to a folder of yours.");
    }

    private string Reason(Exception failure, string library)
    {
        // The loader's own words are one of several lines, those that name the file.
        var line = failure.Message.Split('\n').FirstOrDefault(text => text.Contains(library, StringComparison.Ordinal))
            ?? failure.Message.Split('\n')[0];
        return OperatingSystem.IsWindows()
            ? $"{line.Trim()} Is the Visual C++ redistributable installed?"
            : host.Glibc is null ? line.Trim() : $"{line.Trim()} (glibc {host.Glibc})";
    }

    private sealed record PreparedBackend(string Path, ImmutableArray<string> Relaxed);
}
