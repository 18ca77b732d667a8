namespace ModelSlim.Training.Runtime;

/// <summary>A folder that holds the shared libraries of libtorch.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Origin">How it was found.</param>
public sealed record LibTorchDirectory(string Path, LibTorchOrigin Origin);

/// <summary>How a folder with libtorch was found.</summary>
public enum LibTorchOrigin
{
    /// <summary>The user named it.</summary>
    Named,

    /// <summary>It is in a NuGet package folder.</summary>
    Package,
}
