using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace ModelSlim.Build.Tests;

/// <summary>The tasks load into every MSBuild: that of <c>dotnet build</c> and that of Visual Studio, which runs on .NET Framework 4.7.2.</summary>
public sealed class TaskAssemblyTests
{
    private static readonly string Tasks = typeof(SlimOnnxModel).Assembly.Location;

    [Fact]
    public void They_need_nothing_but_MSBuild_and_what_NET_Framework_brings()
    {
        using var file = new PEReader(File.OpenRead(Tasks));
        var metadata = file.GetMetadataReader();
        var references = metadata.AssemblyReferences.Select(handle => metadata.GetAssemblyReference(handle))
            .ToDictionary(reference => metadata.GetString(reference.Name), reference => reference.Version);

        Assert.Equal(["Microsoft.Build.Framework", "Microsoft.Build.Utilities.Core", "netstandard"], references.Keys.Order());
        Assert.Equal(new Version(2, 0, 0, 0), references["netstandard"]);
        // The version of all releases since 2017, so that any of them may load it.
        Assert.Equal(new Version(15, 1, 0, 0), references["Microsoft.Build.Framework"]);
        Assert.Equal(new Version(15, 1, 0, 0), references["Microsoft.Build.Utilities.Core"]);
    }

    [Fact]
    public void They_are_managed_code_for_any_processor()
    {
        using var file = new PEReader(File.OpenRead(Tasks));
        var metadata = file.GetMetadataReader();

        Assert.True(file.PEHeaders.CorHeader!.Flags.HasFlag(CorFlags.ILOnly));
        Assert.False(file.PEHeaders.CorHeader.Flags.HasFlag(CorFlags.Requires32Bit));
        Assert.All(metadata.MethodDefinitions, method => Assert.True(metadata.GetMethodDefinition(method).GetImport().Module.IsNil));
    }

    [Fact]
    public void They_use_of_MSBuild_what_Visual_Studio_2022_had_from_its_start()
    {
        using var file = new PEReader(File.OpenRead(Tasks));
        var metadata = file.GetMetadataReader();
        var used = metadata.TypeReferences.Select(handle => metadata.GetTypeReference(handle))
            .Where(type => metadata.GetString(type.Namespace).StartsWith("Microsoft.Build", StringComparison.Ordinal))
            .Select(type => metadata.GetString(type.Name))
            .Where(name => name.StartsWith("IBuildEngine", StringComparison.Ordinal) || name.StartsWith("IMultiThreadable", StringComparison.Ordinal) || name == "TaskEnvironment");

        // The tenth is of MSBuild 17.0, and the last one there.
        string[] known = ["IBuildEngine", .. Enumerable.Range(2, 9).Select(number => $"IBuildEngine{number}")];
        Assert.All(used, name => Assert.Contains(name, known));
    }
}
