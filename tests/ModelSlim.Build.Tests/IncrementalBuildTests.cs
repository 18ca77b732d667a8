using ModelSlim.Build.Tests.Testing;

namespace ModelSlim.Build.Tests;

/// <summary>A build prunes what changed, and nothing else.</summary>
public sealed class IncrementalBuildTests(Packages packages)
{
    [Fact]
    public async Task The_tool_runs_for_what_changed_and_for_nothing_else()
    {
        using var work = await packages.NewSolutionAsync();
        work.WriteProject("app.csproj", "<OutputType>Exe</OutputType>");
        work.Write("Program.cs", "System.Console.Write(System.IO.File.ReadAllText(System.IO.Path.Combine(System.AppContext.BaseDirectory, \"models/a.onnx\")));");
        work.Write("models/a.onnx", "model a");
        work.Write("models/a.prune.yaml", "#input ../data/train.gz\n#input ../data/folder\n");
        work.Write("models/b.onnx", "model b");
        work.Write("data/train.gz", "data");
        work.Write("data/folder/1.png", "one");
        work.Write("other/c.onnx", "model c");
        work.Write("other/prune.yaml", "# nothing special\n");

        (await work.BuildAsync("app.csproj")).Succeeds();
        Assert.Equal(2, work.ToolRuns);
        var first = File.ReadAllText(work["bin/Debug/net10.0/models/a.onnx"]);
        Assert.StartsWith("slim", first);
        Assert.StartsWith("slim", File.ReadAllText(work["bin/Debug/net10.0/other/c.onnx"]));
        Assert.False(File.Exists(work["bin/Debug/net10.0/models/b.onnx"]));
        Assert.Equal(first, (await work.ExecuteAsync("bin/Debug/net10.0/app.dll")).Output);

        var again = (await work.BuildAsync("app.csproj", "--no-restore")).Succeeds();
        Assert.Equal(0, again.SlimTasks);
        Assert.Equal(2, work.ToolRuns);
        // About 15 ms on an idle machine; the bound leaves room for a busy one and none for hashing or a process.
        Assert.InRange(again.TimeInOurTargets, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(0.3));

        work.Write("models/a.prune.yaml", "#input ../data/train.gz\n#input ../data/folder\ntarget: { macs: 40% }\n");
        Assert.Equal(1, (await work.BuildAsync("app.csproj", "--no-restore")).Succeeds().SlimTasks);
        var second = File.ReadAllText(work["bin/Debug/net10.0/models/a.onnx"]);
        Assert.NotEqual(first, second);

        work.Write("models/a.onnx", "model a, trained further");
        Assert.Equal(1, (await work.BuildAsync("app.csproj", "--no-restore")).Succeeds().SlimTasks);
        var third = File.ReadAllText(work["bin/Debug/net10.0/models/a.onnx"]);
        Assert.NotEqual(second, third);

        work.Write("data/train.gz", "other data");
        Assert.Equal(1, (await work.BuildAsync("app.csproj", "--no-restore")).Succeeds().SlimTasks);
        var fourth = File.ReadAllText(work["bin/Debug/net10.0/models/a.onnx"]);
        Assert.NotEqual(third, fourth);

        work.Write("data/folder/0.png", "another");
        File.SetLastWriteTimeUtc(work["data/folder/0.png"], new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal(1, (await work.BuildAsync("app.csproj", "--no-restore")).Succeeds().SlimTasks);
        Assert.NotEqual(fourth, File.ReadAllText(work["bin/Debug/net10.0/models/a.onnx"]));
        Assert.Equal(0, (await work.BuildAsync("app.csproj", "--no-restore")).Succeeds().SlimTasks);
    }

    [Theory]
    [InlineData("#save prune.yaml\n")]
    [InlineData("#input data/train.gz\n#save data/train.gz\n")]
    [InlineData("#input data/folder\n#place data/folder/0.png\n")]
    public async Task What_is_saved_while_the_tool_works_counts_in_the_next_build(string recipe)
    {
        using var work = await packages.NewSolutionAsync();
        work.WriteProject("lib.csproj");
        work.Write("a.onnx", "model a");
        work.Write("prune.yaml", recipe);
        work.Write("data/train.gz", "data");
        work.Write("data/folder/1.png", "one");

        (await work.BuildAsync("lib.csproj")).Succeeds();
        var first = File.ReadAllText(work["bin/Debug/net10.0/a.onnx"]);

        Assert.Equal(1, (await work.BuildAsync("lib.csproj", "--no-restore")).Succeeds().SlimTasks);
        Assert.NotEqual(first, File.ReadAllText(work["bin/Debug/net10.0/a.onnx"]));
        Assert.Equal(0, (await work.BuildAsync("lib.csproj", "--no-restore")).Succeeds().SlimTasks);
    }

    [Fact]
    public async Task The_original_can_be_shipped_and_clean_leaves_nothing()
    {
        using var work = await packages.NewSolutionAsync();
        work.WriteProject("lib.csproj");
        work.Write("a.onnx", "model a");
        work.Write("prune.yaml", "# nothing special\n");
        const string shipped = "bin/Debug/net10.0/a.onnx";

        (await work.BuildAsync("lib.csproj")).Succeeds();
        Assert.StartsWith("slim", File.ReadAllText(work[shipped]));

        var original = (await work.BuildAsync("lib.csproj", "--no-restore", "-p:ModelSlimEnabled=false")).Succeeds();
        Assert.Equal(0, original.SlimTasks);
        Assert.Contains("a.onnx: shipped as it is", original.Output);
        Assert.Equal("model a", File.ReadAllText(work[shipped]));

        (await work.BuildAsync("lib.csproj", "--no-restore")).Succeeds();
        Assert.StartsWith("slim", File.ReadAllText(work[shipped]));
        (await work.BuildAsync("lib.csproj", "--no-restore", "-p:ModelSlimMode=Original")).Succeeds();
        Assert.Equal("model a", File.ReadAllText(work[shipped]));

        (await work.BuildAsync("lib.csproj", "--no-restore", "-p:ModelSlimMode=CacheOnly", "-p:ModelSlimOffline=true", "-p:ModelSlimTimeout=60", "-p:ModelSlimCacheDirectory=my store")).Succeeds();
        Assert.Contains(work.ToolArguments, run =>
            run.Contains("--cache-only") && run.Contains("--offline") && run.Contains("--timeout") && run.Contains(work["my store"]));

        // What a killed build left half copied is newer than what it is a half of.
        (await work.BuildAsync("lib.csproj", "--no-restore")).Succeeds();
        var whole = File.ReadAllText(work[shipped]);
        File.WriteAllText(work[shipped], whole[..10]);
        Assert.Equal(0, (await work.BuildAsync("lib.csproj", "--no-restore")).Succeeds().SlimTasks);
        Assert.Equal(whole, File.ReadAllText(work[shipped]));

        Assert.Equal(1, (await work.BuildAsync("lib.csproj", "--no-restore", "--no-incremental", "-p:ModelSlimMode=Full")).Succeeds().SlimTasks);
        Assert.Single(work.ToolArguments, run => run.Contains("--rebuild"));
        Assert.Equal(1, (await work.BuildAsync("lib.csproj", "--no-restore", "--no-incremental")).Succeeds().SlimTasks);
        Assert.Single(work.ToolArguments, run => run.Contains("--rebuild"));

        (await work.RunAsync("clean", "lib.csproj")).Succeeds();
        Assert.False(File.Exists(work[shipped]));
        Assert.False(Directory.Exists(work["obj/Debug/net10.0/modelslim"]));
    }

    [Fact]
    public async Task A_model_that_leaves_the_project_leaves_the_output()
    {
        using var work = await packages.NewSolutionAsync();
        work.WriteProject("lib.csproj");
        work.Write("a.onnx", "model a");
        work.Write("prune.yaml", "# nothing special\n");
        (await work.BuildAsync("lib.csproj")).Succeeds();

        work.WriteProject("lib.csproj", items: """<SlimModel Remove="a.onnx" />""");
        (await work.BuildAsync("lib.csproj")).Succeeds();

        Assert.False(File.Exists(work["bin/Debug/net10.0/a.onnx"]));
        Assert.False(File.Exists(work["obj/Debug/net10.0/modelslim/a.onnx"]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_model_that_is_no_longer_slimmed_is_shipped_as_it_is(bool recipeGoes)
    {
        using var work = await packages.NewSolutionAsync();
        work.WriteProject("Lib/Lib.csproj", items: """<None Update="nets/a.onnx" CopyToOutputDirectory="PreserveNewest" />""");
        work.Write("Lib/nets/a.onnx", "model a");
        work.Write("Lib/nets/prune.yaml", "# nothing special\n");
        work.WriteProject("App/App.csproj", "<OutputType>Exe</OutputType>", """<ProjectReference Include="../Lib/Lib.csproj" />""", usesPackage: false);
        work.Write("App/Program.cs", "System.Console.Write(1);");
        string[] shipped = ["Lib/bin/Release/net10.0/nets/a.onnx", "App/bin/Release/net10.0/nets/a.onnx", "published/nets/a.onnx"];
        string[] publish = ["-o", work["published"]];
        (await work.RunAsync("publish", "App/App.csproj", publish)).Succeeds();
        Assert.All(shipped, path => Assert.StartsWith("slim", File.ReadAllText(work[path])));

        if (recipeGoes)
        {
            File.Delete(work["Lib/nets/prune.yaml"]);
        }

        string[] change = recipeGoes ? [] : ["-p:EnableDefaultSlimModelItems=false"];
        (await work.RunAsync("publish", "App/App.csproj", [.. publish, .. change])).Succeeds();
        Assert.All(shipped, path => Assert.Equal("model a", File.ReadAllText(work[path])));

        work.Write("Lib/nets/prune.yaml", "# nothing special\n");
        (await work.RunAsync("publish", "App/App.csproj", publish)).Succeeds();
        Assert.All(shipped, path => Assert.StartsWith("slim", File.ReadAllText(work[path])));
    }
}
