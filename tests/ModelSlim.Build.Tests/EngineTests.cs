using ModelSlim.Build.Tests.Testing;
using ModelSlim.Core.Onnx;
using ModelSlim.Testing;

namespace ModelSlim.Build.Tests;

/// <summary>The packed targets with the packed tool, on a small net, without training.</summary>
public sealed class EngineTests(Packages packages)
{
    [Fact]
    public async Task A_net_gets_smaller_and_a_broken_recipe_says_where()
    {
        using var work = await packages.NewSolutionAsync();
        File.WriteAllBytes(work["net.onnx"], new OnnxWriter().Write(SmallNets.Residual()));
        work.Write("prune.yaml", "target: { macs: 50% }\n");
        work.WriteProject("lib.csproj", $"<ModelSlimCacheDirectory>{work["store"]}</ModelSlimCacheDirectory>", realTool: true);

        (await work.BuildAsync("lib.csproj")).Succeeds();
        Assert.InRange(new FileInfo(work["bin/Debug/net10.0/net.onnx"]).Length, 1, new FileInfo(work["net.onnx"]).Length - 1);

        work.Write("prune.yaml", "prune: {}\ntarget: { macz: 50% }\n");
        var broken = (await work.BuildAsync("lib.csproj", "--no-restore")).Fails();
        var error = Assert.Single(broken.Errors);
        Assert.StartsWith("MSLIM1", error.Code);
        Assert.Equal((work["prune.yaml"], 2, 11), (error.File, error.LineNumber, error.ColumnNumber));
    }

    [Fact]
    public async Task The_tool_package_installs_and_runs()
    {
        using var work = await packages.NewSolutionAsync();
        var cancellation = TestContext.Current.CancellationToken;

        var installed = await work.DotNet().RunAsync(
            work.Root, cancellation, "tool", "install", "ModelSlim", "--version", packages.Version, "--tool-path", work["tools"]);
        Assert.True(installed.ExitCode == 0, installed.Output);

        var tool = Directory.GetFiles(work["tools/.store/modelslim"], "modelslim.dll", SearchOption.AllDirectories).Single();
        var help = await work.DotNet().RunAsync(work.Root, cancellation, tool, "--help");
        Assert.Equal(0, help.ExitCode);
        Assert.Contains("prune", help.Output);
    }
}
