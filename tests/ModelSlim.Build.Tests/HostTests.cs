using System.Diagnostics;
using System.Text.Json;
using ModelSlim.Build.Tests.Testing;

namespace ModelSlim.Build.Tests;

/// <summary>Other ways to call MSBuild than a plain build.</summary>
public sealed class HostTests(Packages packages)
{
    private const int MostPairs = 3;

    [Fact]
    public async Task An_ide_that_only_asks_starts_nothing()
    {
        using var work = await packages.NewSolutionAsync();
        work.WriteProject("lib.csproj");
        work.Write("a.onnx", "model a");
        work.Write("prune.yaml", "#input data\n");
        work.Write("data/1.png", "one");
        work.Write("data/2.png", "two");
        (await work.RunAsync("restore", "lib.csproj")).Succeeds();

        (await work.RunAsync("msbuild", "lib.csproj", "-t:Compile;AssignTargetPaths", "-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true")).Succeeds();
        Assert.Equal(0, work.ToolRuns);

        var asked = (await AskAsync("UpToDateCheckInput,UpToDateCheckOutput,UpToDateCheckBuilt,AvailableItemName,PropertyPageSchema")).Succeeds();
        Assert.Equal(0, work.ToolRuns);
        Assert.False(Directory.Exists(work["obj/Debug/net10.0/modelslim"]));
        Assert.Contains("prune.yaml", asked.Output);
        Assert.Contains("obj/Debug/net10.0/modelslim/a.onnx", asked.Output);
        Assert.Contains("\"SlimModel\"", asked.Output);
        Assert.Contains("SlimModel.xml", asked.Output);

        (await work.BuildAsync("lib.csproj", "--no-restore")).Succeeds();
        Assert.All(await OutputsAsync(), output => Assert.True(File.Exists(output), output));
        foreach (var input in (string[])["a.onnx", "prune.yaml", "data/1.png", "data/2.png"])
        {
            Assert.Contains(work[input], await PathsAsync("UpToDateCheckInput"));
        }

        // A copy that is gone from the output, or older than the slim model, makes a build necessary too.
        Assert.Contains(work["bin/Debug/net10.0/a.onnx"], await PathsAsync("UpToDateCheckBuilt"));

        File.Delete(work["data/1.png"]);
        var files = Contents(work["obj"]);
        Assert.Contains(await OutputsAsync(), output => !File.Exists(output));
        Assert.Equal(files, Contents(work["obj"]));
        Assert.Equal(1, (await work.BuildAsync("lib.csproj", "--no-restore")).Succeeds().SlimTasks);
        Assert.All(await OutputsAsync(), output => Assert.True(File.Exists(output), output));

        async Task<BuildRun> AskAsync(string items) => await work.RunAsync(
            "msbuild", "lib.csproj", "-t:CollectSlimModelUpToDateCheck", "-p:DesignTimeBuild=true", "-getItem:" + items);

        async Task<IReadOnlyList<string>> OutputsAsync()
        {
            var outputs = await PathsAsync("UpToDateCheckOutput");
            Assert.Contains(work["obj/Debug/net10.0/modelslim/a.onnx.inputs.txt"], outputs);
            return outputs;
        }

        async Task<IReadOnlyList<string>> PathsAsync(string items)
        {
            using var answer = JsonDocument.Parse((await AskAsync(items)).Succeeds().Output);
            return [.. answer.RootElement.GetProperty("Items").GetProperty(items).EnumerateArray().Select(item => item.GetProperty("FullPath").GetString()!)];
        }
    }

    private static List<string> Contents(string folder) =>
        [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllText)];

    [Fact]
    public async Task A_build_for_several_frameworks_gives_each_its_model_and_packs_both()
    {
        using var work = await packages.NewSolutionAsync();
        work.WriteProject("Lib.csproj", frameworks: "net10.0;netstandard2.0");
        work.Write("a.onnx", "model a");
        work.Write("prune.yaml", "");

        (await work.RunAsync("pack", "Lib.csproj", "-c", "Debug", "-o", work["packed"])).Succeeds();

        Assert.StartsWith("slim", File.ReadAllText(work["bin/Debug/net10.0/a.onnx"]));
        Assert.StartsWith("slim", File.ReadAllText(work["bin/Debug/netstandard2.0/a.onnx"]));
        using var package = System.IO.Compression.ZipFile.OpenRead(work["packed/Lib.1.0.0.nupkg"]);
        Assert.Equal(
            ["contentFiles/any/net10.0/a.onnx", "contentFiles/any/netstandard2.0/a.onnx"],
            package.Entries.Select(entry => entry.FullName).Where(name => name.EndsWith(".onnx", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public async Task Folders_may_have_any_name()
    {
        using var work = await packages.NewSolutionAsync("it's a größe (1), 100% 模型");
        work.WriteProject("app with spaces.csproj");
        work.Write("netze & co/modèle é.onnx", "model a");
        work.Write("netze & co/modèle é.prune.yaml", "#input ../daten/größe.gz\n");
        work.Write("daten/größe.gz", "data");

        (await work.BuildAsync("app with spaces.csproj")).Succeeds();
        Assert.StartsWith("slim", File.ReadAllText(work["bin/Debug/net10.0/netze & co/modèle é.onnx"]));
        Assert.Equal(0, (await work.BuildAsync("app with spaces.csproj", "--no-restore")).Succeeds().SlimTasks);

        work.Write("daten/größe.gz", "other data");
        Assert.Equal(1, (await work.BuildAsync("app with spaces.csproj", "--no-restore")).Succeeds().SlimTasks);
    }

    [Fact]
    public async Task Question_and_other_ways_to_schedule_work()
    {
        using var work = await packages.NewSolutionAsync();
        work.WriteProject("lib.csproj");
        work.Write("a.onnx", "model a");
        work.Write("prune.yaml", "");
        (await work.BuildAsync("lib.csproj", "-graph", "-mt")).Succeeds();
        Assert.Equal(1, work.ToolRuns);

        (await work.RunAsync("msbuild", "lib.csproj", "-t:SlimModels", "-question")).Succeeds();
        work.Write("prune.yaml", "# changed\n");
        (await work.RunAsync("msbuild", "lib.csproj", "-t:SlimModels", "-question")).Fails();
        Assert.Equal(1, work.ToolRuns);
    }

    [Fact]
    public async Task A_process_that_MSBuild_uses_again_sees_what_changed_since()
    {
        using var work = await packages.NewSolutionAsync();
        work.WriteProject("lib.csproj");
        work.Write("a.onnx", "model a");
        work.Write("prune.yaml", "");
        // Processes of this test alone, of which each build takes what it finds; none works inside of the command, which ends.
        work.Environment["MSBUILDDISABLENODEREUSE"] = "0";
        work.Environment["MSBUILDNOINPROCNODE"] = "1";
        work.Environment["MSBUILDNODEHANDSHAKESALT"] = Guid.NewGuid().ToString("N");
        var nodes = new List<string>();
        try
        {
            // MSBuild ends a process that waits where other builds of the machine have many.
            for (var pair = 0; pair < MostPairs && (pair == 0 || nodes[^1] != nodes[^2]); pair++)
            {
                work.Write("prune.yaml", $"# {pair}\n");
                nodes.Add(await BuildAsync($"first {pair}"));
                work.Write("prune.yaml", $"# {pair} changed\n");
                nodes.Add(await BuildAsync($"second {pair}", "-p:ModelSlimMaxThreads=7"));
            }
        }
        finally
        {
            foreach (var node in nodes.Distinct())
            {
                try
                {
                    using var process = Process.GetProcessById(int.Parse(node, System.Globalization.CultureInfo.InvariantCulture));
                    process.Kill();
                }
                catch (ArgumentException)
                {
                    // It has ended.
                }
            }
        }

        Assert.Equal(nodes[^1], nodes[^2]);

        // The environment says where the runs are logged.
        async Task<string> BuildAsync(string name, params string[] more)
        {
            work.Environment["FAKETOOL_LOG"] = Directory.CreateDirectory(work["logs/" + name]).FullName;
            var built = await work.DotNet().RunAsync(
                work.Root, TestContext.Current.CancellationToken, ["build", work["lib.csproj"], "-m:1", "-nodeReuse:true", .. more]);
            Assert.True(built.ExitCode == 0, built.Output);
            var run = File.ReadAllLines(Assert.Single(Directory.GetFiles(work["logs/" + name])));
            Assert.Equal(more.Length > 0, run.Contains("7"));
            return run[Array.IndexOf(run, "--parent-pid") + 1];
        }
    }

    [Fact]
    public async Task A_tool_that_hangs_ends_with_the_build()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signal that a test can send to another console.");
        using var work = await packages.NewSolutionAsync();
        work.WriteProject("lib.csproj");
        work.Write("a.onnx", "model a");
        work.Write("prune.yaml", "#hang\n");
        (await work.RunAsync("restore", "lib.csproj")).Succeeds();

        using var build = work.DotNet().Start(work.Root, "build", work["lib.csproj"], "--no-restore", "-nodeReuse:false");
        var output = build.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        while (work.ToolRuns == 0 && !build.HasExited)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        var tool = Process.GetProcessById(int.Parse(work.ToolArguments.Single()[0], System.Globalization.CultureInfo.InvariantCulture));
        using (var interrupt = Process.Start("kill", ["-INT", build.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            await interrupt.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await tool.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await build.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("MSLIM8", await output);
        Assert.False(File.Exists(work["obj/Debug/net10.0/modelslim/a.onnx"]));
    }
}
