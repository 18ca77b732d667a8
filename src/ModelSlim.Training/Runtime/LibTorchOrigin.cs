namespace ModelSlim.Training.Runtime;

/// <summary>How a folder with libtorch was found.</summary>
public enum LibTorchOrigin
{
    /// <summary>The user named it.</summary>
    Named,

    /// <summary>It is in a NuGet package folder.</summary>
    Package,
}
