using ModelSlim.Core.Diagnostics;
using ModelSlim.Training.Runtime;

namespace ModelSlim.Training.Tests.Runtime;

public sealed class LibTorchLocatorTests : IDisposable
{
    private static readonly HostPlatform Linux = new("linux-x64", "2.36", HasAvx2: true);
    private readonly string root = Directory.CreateTempSubdirectory("modelslim-nuget-").FullName;
    private readonly Dictionary<string, string> variables = [];

    public LibTorchLocatorTests() => variables["HOME"] = Path.Combine(root, "home");

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void A_named_folder_comes_first_and_must_hold_libtorch()
    {
        var package = Install("home/.nuget/packages");
        var named = LibTorch("mine");
        variables[LibTorchLocator.Variable] = LibTorch("variable");

        Assert.Equal(new LibTorchDirectory(named, LibTorchOrigin.Named), Locate(named).Value);
        Assert.Equal(variables[LibTorchLocator.Variable], Locate(null).Value!.Path);
        variables.Remove(LibTorchLocator.Variable);
        Assert.Equal(new LibTorchDirectory(package, LibTorchOrigin.Package), Locate(null).Value);

        File.Delete(Path.Combine(named, "libc10.so"));
        var wrong = Assert.Single(Locate(named).Diagnostics);
        Assert.Equal(DiagnosticCodes.LibTorchFolderInvalid, wrong.Descriptor);
        Assert.Contains("libc10.so", wrong.Message);
        Assert.Equal(DiagnosticCodes.LibTorchFolderInvalid, Locate(Path.Combine(root, "none")).Diagnostics[0].Descriptor);
    }

    [Fact]
    public void NuGet_settings_say_where_packages_are()
    {
        var project = Directory.CreateDirectory(Path.Combine(root, "src", "app")).FullName;
        var global = Install("global");
        var fallback = Install("fallback");
        var named = Install("named");
        Config("src/nuget.config", "<config><add key='globalPackagesFolder' value='../global' /></config>");
        Assert.Equal(global, Locate(null, project).Value!.Path);

        Config("src/app/nuget.config", "<config><add key='globalPackagesFolder' value='%HOME%/none' /></config>");
        Assert.Equal(DiagnosticCodes.LibTorchMissing, Locate(null, project).Diagnostics[0].Descriptor);

        Config("src/nuget.config", "<fallbackPackageFolders><add key='x' value='../fallback' /></fallbackPackageFolders>");
        Assert.Equal(fallback, Locate(null, project).Value!.Path);

        Config("src/app/nuget.config", "not xml");
        variables["NUGET_PACKAGES"] = Path.Combine(root, "named");
        Assert.Equal(named, Locate(null, project).Value!.Path);
    }

    [Fact]
    public void A_package_that_is_not_whole_does_not_count()
    {
        var native = Install("home/.nuget/packages");
        Assert.True(Locate(null).Succeeded);
        File.Delete(Path.GetFullPath(Path.Combine(native, "..", "..", "..", ".nupkg.metadata")));
        var missing = Assert.Single(Locate(null).Diagnostics);
        Assert.Equal(DiagnosticCodes.LibTorchMissing, missing.Descriptor);
        Assert.Equal(ExitCode.RuntimeMissing, missing.Descriptor.ExitCode);
        Assert.Contains("libtorch-cpu-linux-x64", missing.Message);
    }

    [Theory]
    [InlineData("linux-arm64")]
    [InlineData("linux-musl-x64")]
    [InlineData("osx-x64")]
    [InlineData("win-arm64")]
    public void Machines_without_libtorch_are_told_so(string rid)
    {
        var host = new HostPlatform(rid, null, HasAvx2: false);
        var result = new LibTorchLocator(host, variables.GetValueOrDefault).Locate(null, null);
        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal(DiagnosticCodes.RuntimeUnsupported, diagnostic.Descriptor);
        Assert.Contains(rid, diagnostic.Message);
    }

    private Result<LibTorchDirectory> Locate(string? named, string? from = null) =>
        new LibTorchLocator(Linux, variables.GetValueOrDefault).Locate(named, from);

    private void Config(string file, string inner) =>
        File.WriteAllText(Path.Combine(root, file), inner.StartsWith('<') ? $"<configuration>{inner}</configuration>" : inner);

    private string LibTorch(string folder)
    {
        var path = Directory.CreateDirectory(Path.Combine(root, folder)).FullName;
        foreach (var name in new[] { "libgomp-1.so.1", "libc10.so", "libtorch_cpu.so", "libtorch.so" })
        {
            File.WriteAllBytes(Path.Combine(path, name), []);
        }

        return path;
    }

    private string Install(string packages)
    {
        var package = Path.Combine(packages, "libtorch-cpu-linux-x64", LibTorchVersion.Value);
        var native = LibTorch(Path.Combine(package, "runtimes", "linux-x64", "native"));
        File.WriteAllText(Path.Combine(root, package, ".nupkg.metadata"), "{}");
        return native;
    }
}
