using System.IO.Compression;
using ModelSlim.Build.Tests.Testing;

namespace ModelSlim.Build.Tests;

/// <summary>What is in the two packages, and what must not be.</summary>
public sealed class PackageTests(Packages packages)
{
    private const long MostBytes = 200_000_000;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_package_has_the_tool_for_every_platform_and_fits_the_feed(bool ofTheBuild)
    {
        await packages.ReadyAsync();
        var path = ofTheBuild ? packages.BuildPackage : packages.ToolPackage;
        using var package = ZipFile.OpenRead(path);
        var names = package.Entries.Select(entry => entry.FullName).ToArray();

        Assert.InRange(new FileInfo(path).Length, 1, MostBytes);
        foreach (var assembly in (string[])["modelslim", "ModelSlim.Core", "ModelSlim.Evaluation", "ModelSlim.Pipeline", "ModelSlim.Remotes", "ModelSlim.Training", "TorchSharp", "AWSSDK.S3", "Azure.Storage.Blobs"])
        {
            Assert.Contains($"tools/net10.0/any/{assembly}.dll", names);
        }

        Assert.Contains("THIRD-PARTY-NOTICES.txt", names);
        Assert.Contains("tools/net10.0/any/notices/ONNXRuntime.txt", names);
        Assert.Contains("tools/net10.0/any/notices/SkiaSharp.txt", names);
        Assert.Contains("tools/net10.0/any/modelslim.deps.json", names);
        Assert.Contains("tools/net10.0/any/modelslim.runtimeconfig.json", names);
        foreach (var native in (string[])
            [
                "linux-x64/native/libonnxruntime.so", "linux-arm64/native/libonnxruntime.so", "win-x64/native/onnxruntime.dll",
                "win-arm64/native/onnxruntime.dll", "osx-arm64/native/libonnxruntime.dylib", "linux-x64/native/libLibTorchSharp.so",
                "win-x64/native/LibTorchSharp.dll", "win-arm64/native/LibTorchSharp.dll", "osx-arm64/native/libLibTorchSharp.dylib",
            ])
        {
            Assert.Contains("tools/net10.0/any/runtimes/" + native, names);
        }

        // The worker process has a list of its own, from which the .NET host learns where natives are.
        using var worker = new StreamReader(package.GetEntry("tools/net10.0/any/ModelSlim.Training.deps.json")!.Open());
        Assert.Contains("runtimes/osx-arm64/native/libLibTorchSharp.dylib", worker.ReadToEnd());
        Assert.DoesNotContain(names, name => name.Contains("android") || name.Contains("/ios/"));
        Assert.DoesNotContain(names, name => name.Contains("torch_cpu") || name.EndsWith(".lib") || name.EndsWith(".pdb"));
        Assert.DoesNotContain(names, name => name.StartsWith("lib/"));
    }

    [Fact]
    public async Task The_build_package_reaches_nobody_but_the_project_that_asks_for_it()
    {
        await packages.ReadyAsync();
        using var package = ZipFile.OpenRead(packages.BuildPackage);
        var names = package.Entries.Select(entry => entry.FullName).ToArray();
        using var manifest = new StreamReader(package.GetEntry("ModelSlim.Build.nuspec")!.Open());
        var nuspec = manifest.ReadToEnd();

        Assert.Contains("<developmentDependency>true</developmentDependency>", nuspec);
        Assert.DoesNotContain("<dependency ", nuspec);
        Assert.DoesNotContain(names, name => name.StartsWith("buildTransitive/"));
        Assert.Contains("build/ModelSlim.Build.props", names);
        Assert.Contains("build/ModelSlim.Build.targets", names);
        Assert.Contains("buildMultiTargeting/ModelSlim.Build.targets", names);
        Assert.Equal(["tasks/netstandard2.0/ModelSlim.Build.dll"], names.Where(name => name.StartsWith("tasks/")));
    }
}
