using TorchSharp;

namespace ModelSlim.Training.Tests.Runtime;

/// <summary>Native libraries that are there on every machine that builds this repository.</summary>
internal static class TestLibraries
{
    /// <summary>TorchSharp's library for Linux as it came from NuGet.</summary>
    public static byte[] TorchSharpForLinux()
    {
        var beside = Path.Combine(
            Path.GetDirectoryName(typeof(torch).Assembly.Location)!, "runtimes", "linux-x64", "native", "libLibTorchSharp.so");
        Assert.SkipUnless(File.Exists(beside), "Builds on this system keep no libraries for Linux.");
        return File.ReadAllBytes(beside);
    }
}
