using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace ModelSlim.Build.Tests.Testing;

/// <summary>Names of the resources in an assembly, without loading it.</summary>
internal static class ResourceNames
{
    public static IReadOnlyList<string> Of(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        return [.. metadata.ManifestResources.Select(handle => metadata.GetString(metadata.GetManifestResource(handle).Name))];
    }
}
