using ModelSlim.Build.Tests.Testing;

namespace ModelSlim.Build.Tests;

/// <summary>Where projects lie, where their results go, and who says so.</summary>
public sealed class SurroundingsTests(Packages packages)
{
    private static readonly string LongFolder = Path.Combine([.. Enumerable.Repeat("a folder with a name of some length", 8)]);

    [Fact]
    public async Task Results_go_where_they_were_moved_and_nothing_is_written_beside_the_sources()
    {
        using var work = await packages.NewSolutionAsync(LongFolder);
        Assert.True(work["One/models/a.onnx"].Length > 260);
        const string shared = """<SlimModel Include="../shared/c.onnx" />""";
        work.Write("Directory.Build.props", "<Project><PropertyGroup><UseArtifactsOutput>true</UseArtifactsOutput><ModelSlimMaxThreads>3</ModelSlimMaxThreads><ModelSlimTimeout>99</ModelSlimTimeout></PropertyGroup></Project>");
        work.WriteProject("One/One.csproj", items: shared);
        work.Write("One/models/a.onnx", "model a");
        work.Write("One/models/a.prune.yaml", "#input ../data/train.gz\n");
        work.Write("One/models/b.onnx", "model b");
        work.Write("One/models/prune.yaml", "# of all models without one of their own\n");
        work.Write("One/data/train.gz", "data");
        work.Write("shared/c.onnx", "model c");
        work.Write("shared/prune.yaml", "");
        work.Write("Two/Directory.Build.props", """
            <Project>
              <PropertyGroup>
                <BaseIntermediateOutputPath>../moved/obj/</BaseIntermediateOutputPath>
                <BaseOutputPath>../moved/bin/</BaseOutputPath>
                <ModelSlimMaxThreads>3</ModelSlimMaxThreads>
              </PropertyGroup>
            </Project>
            """);
        work.WriteProject("Two/Two.csproj", "<ModelSlimMaxThreads>2</ModelSlimMaxThreads>", shared + """<ProjectReference Include="../One/One.csproj" />""");
        work.Write("all.slnx", """<Solution><Project Path="One/One.csproj" /><Project Path="Two/Two.csproj" /></Solution>""");
        string[] sources = ["One", "Two", "shared"];
        var before = sources.SelectMany(folder => Contents(work[folder])).ToArray();
        SetWritable(work, sources, writable: false);
        try
        {
            string[] way = ["-graph", "-m:2", "-p:RestoreUseStaticGraphEvaluation=true"];
            (await work.BuildAsync("all.slnx", way)).Succeeds();
            Assert.Equal(0, (await work.BuildAsync("all.slnx", way)).Succeeds().SlimTasks);
        }
        finally
        {
            SetWritable(work, sources, writable: true);
        }

        Assert.Equal(before, sources.SelectMany(folder => Contents(work[folder])));
        foreach (var path in (string[])
            [
                "artifacts/bin/One/debug/models/a.onnx", "artifacts/bin/One/debug/models/b.onnx", "artifacts/bin/One/debug/c.onnx",
                "artifacts/obj/One/debug/modelslim/models/a.onnx", "moved/bin/Debug/net10.0/c.onnx", "moved/bin/Debug/net10.0/models/a.onnx",
                "moved/obj/Debug/net10.0/modelslim/c.onnx",
            ])
        {
            Assert.StartsWith("slim", File.ReadAllText(work[path]));
        }

        // Of the property, who is nearer decides; of what is only said far away, that holds.
        Assert.Equal(["2", "3", "3", "3"], work.ToolArguments.Select(run => run[Array.IndexOf(run, "--threads") + 1]).Order());
        Assert.Equal(3, work.ToolArguments.Count(run => run.Contains("--timeout")));
    }

    private static IEnumerable<string> Contents(string folder) => Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal).Select(file => $"{file}: {File.GetLastWriteTimeUtc(file):O} {File.ReadAllText(file)}");

    // For whoever may do everything this forbids nothing; that nothing was written is seen in any case.
    private static void SetWritable(TestSolution work, string[] folders, bool writable)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        foreach (var folder in folders.SelectMany(name => Directory.GetDirectories(work[name], "*", SearchOption.AllDirectories).Append(work[name])))
        {
            var mode = File.GetUnixFileMode(folder);
            File.SetUnixFileMode(folder, writable ? mode | UnixFileMode.UserWrite : mode & ~UnixFileMode.UserWrite);
        }
    }
}
