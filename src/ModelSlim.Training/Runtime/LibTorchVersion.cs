using System.Reflection;

namespace ModelSlim.Training.Runtime;

/// <summary>The libtorch that TorchSharp was built against.</summary>
public static class LibTorchVersion
{
    /// <summary>The version, as <c>build/Packages.props</c> names it.</summary>
    public static string Value { get; } = typeof(LibTorchVersion).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(attribute => attribute.Key == nameof(LibTorchVersion)).Value!;
}
