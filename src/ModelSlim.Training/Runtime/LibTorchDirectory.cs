namespace ModelSlim.Training.Runtime;

/// <summary>A folder that holds the shared libraries of libtorch.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Origin">How it was found.</param>
public sealed record LibTorchDirectory(string Path, LibTorchOrigin Origin);
