using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;
using ModelSlim.Build.Tests.Testing;

namespace ModelSlim.Build.Tests;

/// <summary>Projects of every kind get the slim model: web apps, test projects, trimmed apps and apps of native code.</summary>
public sealed class ConsumerTests(Packages packages)
{
    private static readonly string Platform = RuntimeInformation.RuntimeIdentifier;

    [Fact]
    public async Task A_web_app_serves_the_slim_model_and_has_those_of_its_libraries()
    {
        using var work = await packages.NewSolutionAsync();
        WriteLibrary(work);
        work.WriteProject("Web/Web.csproj", items: """<ProjectReference Include="../Lib/Lib.csproj" />""", sdk: "Microsoft.NET.Sdk.Web");
        work.Write("Web/Program.cs", "Microsoft.AspNetCore.Builder.WebApplication.Create(args).Run();");
        work.Write("Web/wwwroot/models/served.onnx", "model of the web");
        work.Write("Web/wwwroot/models/prune.yaml", "");
        work.Write("Web/models/inside.onnx", "model of the server");
        work.Write("Web/models/prune.yaml", "");

        (await work.RunAsync("publish", "Web/Web.csproj", "-o", work["published"])).Succeeds();

        foreach (var path in (string[])["wwwroot/models/served.onnx", "models/inside.onnx", "nets/renamed.onnx"])
        {
            Assert.StartsWith("slim", File.ReadAllText(work["published/" + path]));
        }

        foreach (var packed in Directory.GetFiles(work["published/wwwroot"], "*.onnx.gz", SearchOption.AllDirectories))
        {
            using var text = new StreamReader(new GZipStream(File.OpenRead(packed), CompressionMode.Decompress));
            Assert.StartsWith("slim", text.ReadToEnd());
        }

        // What is served while the app is developed, which is what length and hash of the endpoint speak of. No recipe is.
        Assert.Equal(work["Web/obj/Release/net10.0/modelslim/wwwroot/models/served.onnx"], ServedFile(work["Web/bin/Release/net10.0/Web.staticwebassets.runtime.json"]));
        Assert.Empty(Directory.GetFiles(work["published"], "*.yaml*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Tests_run_on_slim_models()
    {
        using var work = await packages.NewSolutionAsync();
        WriteLibrary(work);
        work.WriteProject(
            "Tests/Tests.csproj",
            "<OutputType>Exe</OutputType><UseAppHost>true</UseAppHost><IsTestProject>true</IsTestProject>",
            $"""
            <PackageReference Include="Microsoft.NET.Test.Sdk" Version="{Repository.VersionOf("Microsoft.NET.Test.Sdk")}" />
            <PackageReference Include="xunit.v3" Version="{Repository.VersionOf("xunit.v3")}" />
            <PackageReference Include="xunit.runner.visualstudio" Version="{Repository.VersionOf("xunit.runner.visualstudio")}" />
            <ProjectReference Include="../Lib/Lib.csproj" />
            """);
        work.Write("Tests/models/own.onnx", "model of the tests");
        work.Write("Tests/models/prune.yaml", "");
        work.Write("Tests/SlimTests.cs", """
            public class SlimTests
            {
                [Xunit.Theory]
                [Xunit.InlineData("models/own.onnx")]
                [Xunit.InlineData("nets/renamed.onnx")]
                public void Slim(string name) => Xunit.Assert.StartsWith(
                    "slim", System.IO.File.ReadAllText(System.IO.Path.Combine(System.AppContext.BaseDirectory, name)));

                [Xunit.Fact]
                public void Embedded() => Xunit.Assert.StartsWith("slim", Lib.Model.Text());
            }
            """);

        var run = (await work.RunAsync("test", "Tests/Tests.csproj")).Succeeds();

        Assert.Matches(@"Passed: +3\b", run.Output);
        Assert.Equal(3, work.ToolRuns);
    }

    [Theory]
    [InlineData("-p:PublishTrimmed=true", "Microsoft.NET.ILLink.Tasks Microsoft.NETCore.App.Runtime.{0}")]
    [InlineData("-p:PublishAot=true", "Microsoft.NET.ILLink.Tasks runtime.{0}.Microsoft.DotNet.ILCompiler")]
    public async Task What_is_trimmed_keeps_its_models(string how, string packs)
    {
        Assert.SkipUnless(
            packs.Split(' ').All(pack => Repository.HasPack(pack.Replace("{0}", Platform, StringComparison.Ordinal))),
            "The packs that this needs are not among the installed packages.");
        Assert.SkipUnless(how.Contains("Trimmed", StringComparison.Ordinal) || CanLink(), "Native code needs a C linker: clang or gcc.");
        using var work = await packages.NewSolutionAsync();
        WriteLibrary(work);
        work.WriteProject(
            "App/App.csproj",
            "<OutputType>Exe</OutputType><InvariantGlobalization>true</InvariantGlobalization><UseAppHost>true</UseAppHost>",
            """<ProjectReference Include="../Lib/Lib.csproj" />""");
        work.Write("App/models/own.onnx", "model of the app");
        work.Write("App/models/prune.yaml", "");
        work.Write("App/Program.cs", """
            foreach (var name in new[] { "models/own.onnx", "nets/renamed.onnx" })
            {
                System.Console.Write(System.IO.File.ReadAllText(System.IO.Path.Combine(System.AppContext.BaseDirectory, name)) + "\n");
            }

            System.Console.Write(Lib.Model.Text());
            """);

        (await work.RunAsync("publish", "App/App.csproj", "-r", Platform, "--self-contained", how, "-o", work["published"])).Succeeds();

        var start = new ProcessStartInfo(work["published/App" + (OperatingSystem.IsWindows() ? ".exe" : "")]) { RedirectStandardOutput = true };
        using var app = Process.Start(start)!;
        var said = await app.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await app.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, app.ExitCode);
        Assert.All(said.Split('\n'), line => Assert.StartsWith("slim", line));
        Assert.Equal(3, said.Split('\n').Distinct().Count());
    }

    /// <summary>A library with a model from elsewhere that the output has under another name, and one under a name inside the assembly.</summary>
    private static void WriteLibrary(TestSolution work)
    {
        work.WriteProject("Lib/Lib.csproj", items: """
            <Content Include="../shared/original.onnx" Link="nets/renamed.onnx" />
            <SlimModel Include="../shared/original.onnx" Recipe="../shared/some.yaml" />
            <SlimModel Include="../shared/embedded.onnx" Recipe="../shared/some.yaml" Delivery="embed" LogicalName="the model" />
            """);
        work.Write("Lib/Model.cs", """
            namespace Lib
            {
                public static class Model
                {
                    public static string Text() => new System.IO.StreamReader(typeof(Model).Assembly.GetManifestResourceStream("the model")!).ReadToEnd();
                }
            }
            """);
        work.Write("shared/original.onnx", "model of the library");
        work.Write("shared/embedded.onnx", "model inside the library");
        work.Write("shared/some.yaml", "");
    }

    private static string ServedFile(string manifest)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(manifest));
        var asset = document.RootElement.GetProperty("Root").GetProperty("Children").GetProperty("models").GetProperty("Children").GetProperty("served.onnx").GetProperty("Asset");
        var root = document.RootElement.GetProperty("ContentRoots")[asset.GetProperty("ContentRootIndex").GetInt32()].GetString()!;
        return Path.Combine(root, asset.GetProperty("SubPath").GetString()!);
    }

    private static bool CanLink() => OperatingSystem.IsLinux()
        && (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "clang")) || File.Exists(Path.Combine(folder, "gcc")));
}
