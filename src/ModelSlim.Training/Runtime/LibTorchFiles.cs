using System.Collections.Immutable;

namespace ModelSlim.Training.Runtime;

/// <summary>File names of libtorch and of TorchSharp's native library on one platform.</summary>
/// <param name="Libraries">
/// Patterns of libtorch's libraries, each after those it depends on. Loaded in this order by full path, every dependency is
/// found among the libraries that are loaded already, by its file name (Windows), soname (Linux) or install name (macOS).
/// </param>
/// <param name="Backend">TorchSharp's native library, which depends on all of them.</param>
internal sealed record LibTorchFiles(ImmutableArray<string> Libraries, string Backend)
{
    /// <summary>Names on a platform.</summary>
    /// <param name="rid">Portable runtime identifier.</param>
    public static LibTorchFiles Of(string rid) => rid switch
    {
        _ when rid.StartsWith("win-", StringComparison.Ordinal) =>
            new(["libiomp5md.dll", "c10.dll", "torch_cpu.dll", "torch.dll"], "LibTorchSharp.dll"),
        _ when rid.StartsWith("osx-", StringComparison.Ordinal) =>
            new(["libomp.dylib", "libc10.dylib", "libtorch_cpu.dylib", "libtorch.dylib"], "libLibTorchSharp.dylib"),
        _ => new(["libgomp*.so*", "libc10.so", "libtorch_cpu.so", "libtorch.so"], "libLibTorchSharp.so"),
    };

    /// <summary>Finds libtorch's libraries in a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="missing">Patterns that nothing matches.</param>
    /// <returns>Full paths in the order to load them.</returns>
    public ImmutableArray<string> Find(string folder, out ImmutableArray<string> missing)
    {
        if (!Directory.Exists(folder))
        {
            missing = Libraries;
            return [];
        }

        var found = Libraries
            .Select(pattern => Directory.EnumerateFiles(folder, pattern).Order(StringComparer.Ordinal).FirstOrDefault())
            .ToImmutableArray();
        missing = [.. Libraries.Where((_, i) => found[i] is null)];
        return [.. found.OfType<string>()];
    }
}
