using ModelSlim.Build.Tests.Testing;
using ModelSlim.Core.Onnx;
using ModelSlim.Testing;

namespace ModelSlim.Build.Tests;

/// <summary>Code reaches an embedded model through a class that the build writes.</summary>
public sealed class AccessorTests(Packages packages)
{
    private const string Strict = "<OutputType>Exe</OutputType><TreatWarningsAsErrors>true</TreatWarningsAsErrors><GenerateDocumentationFile>true</GenerateDocumentationFile>";
    private const string ObjFolder = "obj/Debug/net10.0/modelslim/";

    [Fact]
    public async Task An_app_runs_its_slim_and_its_original_model_through_the_class()
    {
        using var work = await packages.NewSolutionAsync();
        work.Write("nets/residual-net.onnx", "");
        File.WriteAllBytes(work["nets/residual-net.onnx"], new OnnxWriter().Write(SmallNets.Residual()));
        work.Write("nets/prune.yaml", "target: { macs: 50% }\noutput: { delivery: embed }\n");
        work.WriteProject(
            "My-App.csproj",
            Strict + $"<ModelSlimTreatWarningsAsErrors>false</ModelSlimTreatWarningsAsErrors><Nullable>enable</Nullable><ModelSlimCacheDirectory>{work["store"]}</ModelSlimCacheDirectory>",
            """
            <PackageReference Include="Microsoft.ML.OnnxRuntime" Version="1.31.1" />
            <PackageReference Include="System.Numerics.Tensors" Version="9.0.19" />
            """,
            realTool: true);
        work.Write("Program.cs", """
            using System;
            using System.Linq;
            using Microsoft.ML.OnnxRuntime;
            using My_App;

            using var session = ResidualNet.CreateSession();
            var input = ResidualNet.Inputs[0];
            long[] shape = [.. input.Shape.Select(extent => (long)Math.Max(extent, 1))];
            using var value = OrtValue.CreateTensorValueFromMemory(new float[shape.Aggregate((all, extent) => all * extent)], shape);
            using var run = new RunOptions();
            using var results = session.Run(run, [input.Name], [value], [ResidualNet.Outputs[0].Name]);
            using var options = new SessionOptions();
            using var other = ResidualNet.CreateSession(options);
            using var stream = ResidualNet.OpenStream();
            System.Diagnostics.Debug.Assert(session.InputMetadata[input.Name].Dimensions.SequenceEqual(input.Shape));
            Console.Write($"{stream.Length} {input.ElementType} {results[0].GetTensorDataAsSpan<float>().Length}");
            """);
        var original = new FileInfo(work["nets/residual-net.onnx"]).Length;
        var accessor = work[ObjFolder + "nets/residual-net.onnx.g.cs"];

        (await work.BuildAsync("My-App.csproj")).Succeeds();
        var slim = await RunAsync();
        Assert.InRange(slim, 1, original - 1);
        var (text, time) = (File.ReadAllText(accessor), File.GetLastWriteTimeUtc(accessor));

        Assert.Equal(0, (await work.BuildAsync("My-App.csproj", "--no-restore")).Succeeds().SlimTasks);
        Assert.Equal(time, File.GetLastWriteTimeUtc(accessor));

        (await work.BuildAsync("My-App.csproj", "--no-restore", "-p:ModelSlimEnabled=false")).Succeeds();
        Assert.Equal(original, await RunAsync());
        Assert.Equal(text, File.ReadAllText(accessor));

        Directory.Delete(work["obj/Debug"], recursive: true);
        (await work.BuildAsync("My-App.csproj", "--no-restore", "-p:ModelSlimMode=CacheOnly")).Succeeds();
        Assert.Equal(slim, await RunAsync());
        Assert.Equal(text, File.ReadAllText(accessor));

        async Task<long> RunAsync()
        {
            var run = await work.ExecuteAsync("bin/Debug/net10.0/My-App.dll");
            Assert.True(run.ExitCode == 0, run.Output);
            var parts = run.Output.Split(' ');
            Assert.Equal("float", parts[1]);
            return long.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    [Fact]
    public async Task Old_CSharp_and_several_frameworks_and_models_go_without_ONNX_Runtime()
    {
        using var work = await packages.NewSolutionAsync();
        work.WriteProject(
            "Lib.csproj",
            "<TreatWarningsAsErrors>true</TreatWarningsAsErrors><LangVersion>7.3</LangVersion><RootNamespace>Lib.new</RootNamespace><ModelSlimDelivery>embed</ModelSlimDelivery>",
            """
            <SlimModel Update="b/net.onnx" ClassName="Other.Names.Second" LogicalName="the &quot;second&quot; größe" />
            <SlimModel Update="c/inputs.onnx" />
            """,
            frameworks: "net10.0;netstandard2.0");
        work.Write("a/net.onnx", "model a");
        work.Write("b/net.onnx", "model b");
        work.Write("c/inputs.onnx", "model c");
        work.Write("a/prune.yaml", "");
        work.Write("b/prune.yaml", "");
        work.Write("c/prune.yaml", "");
        work.Write("Use.cs", """
            public static class Use
            {
                public static int Axes { get { return Lib.@new.Net.Inputs[0].Shape[0] + Other.Names.Second.Outputs.Count + Lib.@new.InputsModel.Inputs[0].Symbols.Count; } }
            }
            """);

        (await work.BuildAsync("Lib.csproj")).Succeeds();

        foreach (var framework in (string[])["net10.0", "netstandard2.0"])
        {
            var text = File.ReadAllText(work[$"obj/Debug/{framework}/modelslim/b/net.onnx.g.cs"]);
            Assert.DoesNotContain("CreateSession", text, StringComparison.Ordinal);
            Assert.Contains("ResourceName = \"the \\\"second\\\" gr\\u00f6\\u00dfe\";", text, StringComparison.Ordinal);
            Assert.Contains(
                "ResourceName = \"Lib.new.a.net.onnx\";",
                File.ReadAllText(work[$"obj/Debug/{framework}/modelslim/a/net.onnx.g.cs"]),
                StringComparison.Ordinal);
            Assert.Equal(
                ["Lib.new.a.net.onnx", "Lib.new.c.inputs.onnx", "the \"second\" größe"],
                ResourceNames.Of(work[$"bin/Debug/{framework}/Lib.dll"]).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task An_ide_gets_the_class_of_the_last_build_until_clean_or_the_project_takes_it_away()
    {
        using var work = await packages.NewSolutionAsync();
        work.WriteProject("Lib.csproj", "<ModelSlimDelivery>embed</ModelSlimDelivery>");
        work.Write("a.onnx", "model a");
        work.Write("prune.yaml", "");
        const string accessor = ObjFolder + "a.onnx.g.cs";
        (await work.RunAsync("restore", "Lib.csproj")).Succeeds();
        Assert.DoesNotContain("a.onnx.g.cs", await CompiledInIdeAsync(work), StringComparison.Ordinal);

        (await work.BuildAsync("Lib.csproj", "--no-restore", "-p:ModelSlimMode=Original")).Succeeds();
        Assert.Contains("a.onnx.g.cs", await CompiledInIdeAsync(work), StringComparison.Ordinal);
        Assert.Equal("describe", Assert.Single(work.ToolArguments)[1]);
        (await work.BuildAsync("Lib.csproj", "--no-restore", "-p:ModelSlimMode=Original")).Succeeds();
        Assert.Equal(1, work.ToolRuns);

        work.WriteProject("Lib.csproj", "<ModelSlimDelivery>embed</ModelSlimDelivery>", """<SlimModel Update="a.onnx" Accessor="false" />""");
        (await work.BuildAsync("Lib.csproj", "--no-restore")).Succeeds();
        Assert.False(File.Exists(work[accessor]));
        work.WriteProject("Lib.csproj", "<ModelSlimDelivery>embed</ModelSlimDelivery>");
        (await work.BuildAsync("Lib.csproj", "--no-restore")).Succeeds();
        Assert.True(File.Exists(work[accessor]));

        (await work.RunAsync("clean", "Lib.csproj")).Succeeds();
        Assert.False(Directory.Exists(work[ObjFolder]));
    }

    [Fact]
    public async Task A_class_that_cannot_be_is_an_error_at_the_model()
    {
        using var work = await packages.NewSolutionAsync();
        work.WriteProject(
            "Lib.csproj",
            "<ModelSlimDelivery>embed</ModelSlimDelivery>",
            """
            <SlimModel Update="a/net.onnx" />
            <SlimModel Update="c.onnx" ClassName="9-lives" />
            """);
        work.Write("a/net.onnx", "model a");
        work.Write("a/prune.yaml", "");
        work.Write("b/net.onnx", "model b");
        work.Write("b/prune.yaml", "");
        work.Write("c.onnx", "model c");
        work.Write("prune.yaml", "");

        var run = (await work.BuildAsync("Lib.csproj")).Fails();

        Assert.Equal(
            [("MSLIM8013", work["c.onnx"]), ("MSLIM8014", work["b/net.onnx"])],
            run.Errors.Select(error => (error.Code, error.File)).Order());
        Assert.Equal(0, work.ToolRuns);

        // What is wrong with a model must not take the rest of the project from an IDE.
        Assert.Contains("AssemblyInfo.cs", await CompiledInIdeAsync(work), StringComparison.Ordinal);
    }

    private static async Task<string> CompiledInIdeAsync(TestSolution work) => (await work.RunAsync(
        "msbuild", "Lib.csproj", "-t:Compile", "-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true", "-getItem:Compile")).Succeeds().Output;
}
