using System.IO.Compression;
using System.Runtime.InteropServices;
using ModelSlim.Build.Tests.Testing;

namespace ModelSlim.Build.Tests;

/// <summary>The slim model takes the original's place, however the app gets it.</summary>
public sealed class DeliveryTests(Packages packages)
{
    private const string PrintsFile =
        "System.Console.Write(System.IO.File.ReadAllText(System.IO.Path.Combine(System.AppContext.BaseDirectory, \"models/a.onnx\")));";

    private const string PrintsResource = """
        using var stream = typeof(Lib.Model).Assembly.GetManifestResourceStream("Lib.models.a.onnx")!;
        System.Console.Write(new System.IO.StreamReader(stream).ReadToEnd());
        """;

    [Fact]
    public async Task A_library_with_an_embedded_model_brings_it_to_the_app()
    {
        using var work = await packages.NewSolutionAsync();
        work.WriteProject("Lib/Lib.csproj");
        work.Write("Lib/Model.cs", "namespace Lib; public class Model { }");
        work.Write("Lib/models/a.onnx", "model a");
        work.Write("Lib/models/a.prune.yaml", "#delivery embed\noutput:\n  delivery: embed\n");
        work.WriteProject("App/App.csproj", "<OutputType>Exe</OutputType>", """<ProjectReference Include="../Lib/Lib.csproj" />""", usesPackage: false);
        work.Write("App/Program.cs", PrintsResource);

        (await work.BuildAsync("App/App.csproj")).Succeeds();

        Assert.StartsWith("slim", (await work.ExecuteAsync("App/bin/Debug/net10.0/App.dll")).Output);
        Assert.Empty(Directory.GetFiles(work["App/bin"], "*.onnx", SearchOption.AllDirectories));
        Assert.Equal(0, (await work.BuildAsync("App/App.csproj", "--no-restore")).Succeeds().SlimTasks);
    }

    [Fact]
    public async Task The_data_file_of_a_large_model_goes_where_the_model_goes()
    {
        using var work = await packages.NewSolutionAsync();
        work.WriteProject("Lib/Lib.csproj");
        work.Write("Lib/models/a.onnx", "model a");
        work.Write("Lib/models/a.prune.yaml", "#data weights\n");
        work.WriteProject("App/App.csproj", "<OutputType>Exe</OutputType>", """<ProjectReference Include="../Lib/Lib.csproj" />""", usesPackage: false);
        work.Write("App/Program.cs", PrintsFile);

        (await work.BuildAsync("App/App.csproj")).Succeeds();

        Assert.Equal("weights", File.ReadAllText(work["App/bin/Debug/net10.0/models/a.onnx.data"]));
        Assert.StartsWith("slim", File.ReadAllText(work["App/bin/Debug/net10.0/models/a.onnx"]));
        (await work.RunAsync("pack", "Lib/Lib.csproj", "-c", "Debug", "-o", work["packed"])).Succeeds();
        using (var package = ZipFile.OpenRead(work["packed/Lib.1.0.0.nupkg"]))
        {
            Assert.NotNull(package.GetEntry("contentFiles/any/net10.0/models/a.onnx.data"));
        }

        // A smaller one needs none, and an embedded one must have none.
        work.Write("Lib/models/a.prune.yaml", "\n");
        (await work.BuildAsync("Lib/Lib.csproj")).Succeeds();
        Assert.Empty(Directory.GetFiles(work["Lib/obj"], "*.data", SearchOption.AllDirectories));
        work.Write("Lib/models/a.prune.yaml", "#data weights\n#delivery embed\noutput:\n  delivery: embed\n");
        Assert.Contains("MSLIM8012", (await work.BuildAsync("Lib/Lib.csproj")).Output, StringComparison.Ordinal);

        // Nor an original, with an accessor or without.
        work.Write("Lib/models/a.onnx", "model a, with external data");
        foreach (var accessor in (string[])["true", "false"])
        {
            work.WriteProject("Lib/Lib.csproj", items: $"""<SlimModel Update="models/a.onnx" Accessor="{accessor}" />""");
            var refused = (await work.BuildAsync("Lib/Lib.csproj", "--no-restore", "-p:ModelSlimMode=Original")).Fails();
            Assert.Equal(("MSLIM8012", work["Lib/models/a.onnx"]), refused.Errors.Select(error => (error.Code, error.File)).Single());
        }
    }

    [Fact]
    public async Task A_library_with_a_model_file_brings_it_to_the_app_and_into_its_package()
    {
        using var work = await packages.NewSolutionAsync();
        work.WriteProject("Lib/Lib.csproj", items: """<Content Include="models/a.onnx" CopyToOutputDirectory="Always" />""");
        work.Write("Lib/models/a.onnx", "model a");
        work.Write("Lib/models/prune.yaml", "");
        work.WriteProject("App/App.csproj", "<OutputType>Exe</OutputType>", """<ProjectReference Include="../Lib/Lib.csproj" />""", usesPackage: false);
        work.Write("App/Program.cs", PrintsFile);

        (await work.BuildAsync("App/App.csproj")).Succeeds();
        Assert.StartsWith("slim", (await work.ExecuteAsync("App/bin/Debug/net10.0/App.dll")).Output);

        (await work.RunAsync("pack", "Lib/Lib.csproj", "-c", "Debug", "-o", work["packed"])).Succeeds();
        using var package = ZipFile.OpenRead(work["packed/Lib.1.0.0.nupkg"]);
        var entry = Assert.Single(package.Entries, entry => entry.FullName.EndsWith(".onnx", StringComparison.Ordinal));
        Assert.Equal("contentFiles/any/net10.0/models/a.onnx", entry.FullName);
        using var text = new StreamReader(entry.Open());
        Assert.StartsWith("slim", text.ReadToEnd());
        using var manifest = new StreamReader(package.GetEntry("Lib.nuspec")!.Open());
        var nuspec = manifest.ReadToEnd();
        Assert.Contains("copyToOutput=\"true\"", nuspec);
        Assert.DoesNotContain("ModelSlim", nuspec);
        Assert.Equal(1, work.ToolRuns);
    }

    [Fact]
    public async Task Publishing_ships_the_slim_model_in_every_form()
    {
        using var work = await packages.NewSolutionAsync();
        work.WriteProject("app.csproj", "<OutputType>Exe</OutputType>", """<None Update="models/a.onnx" CopyToOutputDirectory="PreserveNewest" />""");
        work.Write("Program.cs", PrintsFile);
        work.Write("models/a.onnx", "model a");
        work.Write("models/prune.yaml", "");

        (await work.RunAsync("publish", "app.csproj", "-o", work["early"], "--no-build")).Fails();
        Assert.Equal(0, work.ToolRuns);

        (await work.RunAsync("publish", "app.csproj", "-o", work["published"])).Succeeds();
        Assert.StartsWith("slim", (await work.ExecuteAsync("published/app.dll")).Output);

        var single = (await work.RunAsync(
            "publish", "app.csproj", "-o", work["single"], "-r", RuntimeInformation.RuntimeIdentifier,
            "-p:SelfContained=false", "-p:PublishSingleFile=true", "-p:EnableSingleFileAnalyzer=false", "-p:UseAppHost=true")).Succeeds();
        Assert.StartsWith("slim", File.ReadAllText(work["single/models/a.onnx"]));
        Assert.DoesNotContain("app.dll", Directory.GetFiles(work["single"]).Select(Path.GetFileName));
        Assert.Equal(1, single.SlimTasks);

        var runs = work.ToolRuns;
        work.Write("models/a.onnx", "model a, changed after the build");
        (await work.RunAsync("publish", "app.csproj", "-o", work["unbuilt"], "--no-build", "-c", "Release")).Succeeds();
        Assert.StartsWith("slim", File.ReadAllText(work["unbuilt/models/a.onnx"]));
        Assert.Equal(runs, work.ToolRuns);
    }

    [Fact]
    public async Task The_item_decides_before_the_property_and_the_property_before_the_recipe()
    {
        using var work = await packages.NewSolutionAsync();
        work.WriteProject(
            "Lib.csproj",
            "<ModelSlimDelivery>none</ModelSlimDelivery>",
            """
            <SlimModel Update="a.onnx" Delivery="Embed" LogicalName="models/the a" />
            <SlimModel Include="elsewhere/c.bin" Recipe="b.prune.yaml" TargetPath="nets/c.onnx" />
            """);
        work.Write("a.onnx", "model a");
        work.Write("a.prune.yaml", "output: { delivery: content }\n");
        work.Write("b.onnx", "model b");
        work.Write("b.prune.yaml", "output: { delivery: embed }\n");
        work.Write("elsewhere/c.bin", "model c");

        (await work.BuildAsync("Lib.csproj")).Succeeds();

        var output = Path.GetDirectoryName(work["bin/Debug/net10.0/Lib.dll"])!;
        Assert.Equal(
            ["b.onnx", "nets/c.onnx"],
            Directory.GetFiles(output, "*.onnx", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(output, file)).Order());
        Assert.Contains("models/the a", ResourceNames.Of(work["bin/Debug/net10.0/Lib.dll"]));
    }
}
