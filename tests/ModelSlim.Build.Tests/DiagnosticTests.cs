using ModelSlim.Build.Tests.Testing;

namespace ModelSlim.Build.Tests;

/// <summary>What goes wrong is said as MSBuild's own errors and warnings, with a code and a place, and ships nothing.</summary>
public sealed class DiagnosticTests(Packages packages)
{
    [Fact]
    public async Task A_broken_recipe_is_an_error_at_its_place()
    {
        using var work = await WithRecipeAsync("#error 7 3 MSLIM1103 unknown key 'macz'; did you mean 'macs'?\n");

        var run = (await work.BuildAsync("lib.csproj")).Fails();

        var error = Assert.Single(run.Errors);
        Assert.Equal("MSLIM1103", error.Code);
        Assert.Equal(work["prune.yaml"], error.File);
        Assert.Equal((7, 3, 7, 8), (error.LineNumber, error.ColumnNumber, error.EndLineNumber, error.EndColumnNumber));
        Assert.Equal("unknown key 'macz'; did you mean 'macs'?", error.Text);
        Assert.Contains($"{work["prune.yaml"]}(7,3", run.Output);
        Assert.False(File.Exists(work["bin/Debug/net10.0/a.onnx"]));
        Assert.False(File.Exists(work["obj/Debug/net10.0/modelslim/a.onnx"]));
    }

    [Fact]
    public async Task Warnings_are_warnings_unless_the_project_says_otherwise()
    {
        using var work = await WithRecipeAsync("#warning 2 1 MSLIM1301 this key is old\n");

        var lenient = (await work.BuildAsync("lib.csproj")).Succeeds();
        var warning = Assert.Single(lenient.Warnings);
        Assert.Equal(("MSLIM1301", 2, 1), (warning.Code, warning.LineNumber, warning.ColumnNumber));

        var strict = (await work.BuildAsync("lib.csproj", "--no-restore", "-p:TreatWarningsAsErrors=true")).Fails();
        Assert.Equal("MSLIM1301", Assert.Single(strict.Errors).Code);

        var still = (await work.BuildAsync("lib.csproj", "--no-restore", "-p:ModelSlimTreatWarningsAsErrors=true")).Fails();
        Assert.Equal("MSLIM1301", Assert.Single(still.Errors).Code);

        var silenced = (await work.BuildAsync("lib.csproj", "--no-restore", "-p:TreatWarningsAsErrors=true", "-p:NoWarn=MSLIM1301")).Succeeds();
        Assert.Empty(silenced.Warnings);
    }

    [Fact]
    public async Task A_result_is_delivered_with_its_warnings_by_every_build_that_delivers_it()
    {
        using var work = await WithRecipeAsync("#warning 2 1 MSLIM7013 no samples\n#warning 1 1 MSLIM3022 it is down\n");
        work.Write("b.onnx", "model b");
        work.Write("b.prune.yaml", "# nothing special\n");
        (string, int, string)[] Said(BuildRun run) => [.. run.Warnings.Select(warning => (warning.Code, warning.LineNumber, warning.File)).Order()];

        var first = (await work.BuildAsync("lib.csproj")).Succeeds();
        Assert.Equal([("MSLIM3022", 1, work["prune.yaml"]), ("MSLIM7013", 2, work["prune.yaml"])], Said(first));

        // What was of that run is not said again.
        var again = (await work.BuildAsync("lib.csproj", "--no-restore")).Succeeds();
        Assert.Equal(0, again.SlimTasks);
        Assert.Equal([("MSLIM7013", 2, work["prune.yaml"])], Said(again));
        Assert.All([first.Warnings.Single(said => said.Code == "MSLIM7013"), again.Warnings.Single()], said => Assert.Equal("a.onnx: no samples", said.Text));
        Assert.InRange(again.TimeInOurTargets, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(0.3));

        work.Write("b.onnx", "model b, trained further");
        Assert.Equal([("MSLIM7013", 2, work["prune.yaml"])], Said((await work.BuildAsync("lib.csproj", "--no-restore")).Succeeds()));
        Assert.Equal([("MSLIM7013", 2, work["prune.yaml"])], Said((await work.RunAsync("pack", "lib.csproj", "-c", "Debug", "-m:1")).Succeeds()));
        Assert.Empty(Said((await work.BuildAsync("lib.csproj", "--no-restore", "-p:ModelSlimEnabled=false")).Succeeds()));

        work.Write("prune.yaml", "# nothing special\n");
        Assert.Empty(Said((await work.BuildAsync("lib.csproj", "--no-restore")).Succeeds()));
        Assert.Empty(Said((await work.BuildAsync("lib.csproj", "--no-restore")).Succeeds()));
    }

    [Theory]
    [InlineData("prune.yml", "prune.yaml")]
    [InlineData("a.prune.yml", "a.prune.yaml")]
    public async Task A_recipe_that_ends_with_yml_is_a_warning(string name, string right)
    {
        using var work = await packages.NewSolutionAsync();
        work.WriteProject("lib.csproj");
        work.Write("a.onnx", "model a");
        work.Write(name, "target: { macs: 50% }\n");

        var warning = Assert.Single((await work.BuildAsync("lib.csproj")).Succeeds().Warnings);
        Assert.Equal(("MSLIM1007", work[name]), (warning.Code, warning.File));
        Assert.Contains(right, warning.Text, StringComparison.Ordinal);

        File.Move(work[name], work[right]);
        Assert.Empty((await work.BuildAsync("lib.csproj", "--no-restore")).Succeeds().Warnings);
    }

    [Fact]
    public async Task A_recipe_that_no_model_goes_by_is_a_warning()
    {
        using var work = await packages.NewSolutionAsync();
        work.WriteProject("lib.csproj");
        work.Write("nets/digit.onnx", "model a");
        work.Write("nets/digits.prune.yaml", "");
        work.Write("prune.yaml", "");

        var warnings = (await work.BuildAsync("lib.csproj")).Succeeds().Warnings;
        Assert.Equal([("MSLIM1008", work["nets/digits.prune.yaml"]), ("MSLIM1008", work["prune.yaml"])], warnings.Select(warning => (warning.Code, warning.File)).Order());
        Assert.Contains("'digits.onnx'", warnings[0].Text + warnings[1].Text, StringComparison.Ordinal);
        Assert.Contains("digit.onnx", warnings[0].Text + warnings[1].Text, StringComparison.Ordinal);
        Assert.Equal(0, work.ToolRuns);

        Assert.Empty((await work.BuildAsync("lib.csproj", "--no-restore", "-p:NoWarn=MSLIM1008")).Succeeds().Warnings);
        Assert.Equal(2, (await work.BuildAsync("lib.csproj", "--no-restore", "-p:ModelSlimTreatWarningsAsErrors=true")).Fails().Errors.Count(error => error.Code == "MSLIM1008"));
        Assert.Empty((await work.BuildAsync("lib.csproj", "--no-restore", "-p:ModelSlimEnabled=false")).Succeeds().Warnings);
        work.Write("nets/digits.onnx", "model b");
        work.Write("c.onnx", "model c");
        Assert.Empty((await work.BuildAsync("lib.csproj", "--no-restore")).Succeeds().Warnings);
    }

    [Fact]
    public async Task A_recipe_that_is_used_otherwise_than_by_its_name_is_no_warning()
    {
        using var work = await packages.NewSolutionAsync("my work");
        work.Write("elsewhere/a.onnx", "model a");
        work.Write("recipes/a.prune.yaml", "");
        work.Write("recipes/prune.yaml", "");
        work.Write("b.onnx", "model b");
        work.Write("made.prune.yaml", "");
        work.Write("left out/d.onnx", "model d");
        work.Write("left out/d.prune.yaml", "");
        work.WriteProject(
            "lib.csproj",
            items: """
                <SlimModel Include="elsewhere/a.onnx" Recipe="recipes/a.prune.yaml" />
                <SlimModel Include="b.onnx" Recipe="recipes\prune.yaml" />
                <SlimModel Remove="left out/d.onnx" />
                """);
        work.Write("Directory.Build.targets", """
            <Project>
              <Target Name="MakeModel" BeforeTargets="ResolveSlimModels">
                <Copy SourceFiles="b.onnx" DestinationFiles="made.onnx" />
              </Target>
            </Project>
            """);

        Assert.Empty((await work.BuildAsync("lib.csproj")).Succeeds().Warnings);
        Assert.Empty((await work.BuildAsync("lib.csproj", "--no-restore", "-p:EnableDefaultSlimModelItems=false")).Succeeds().Warnings);
    }

    [Theory]
    [InlineData("#die 139 core dumped", "", "MSLIM8005", "core dumped")]
    [InlineData("#silent", "", "MSLIM8005", "without a result")]
    [InlineData("#die 150 You must install .NET", "", "MSLIM8007", ".NET 10")]
    [InlineData("#delivery embed", "", "MSLIM8010", "'embed'")]
    [InlineData("", "-p:ModelSlimMode=Sometimes", "MSLIM8009", "Sometimes")]
    [InlineData("", "-p:ModelSlimEnabled=sometimes", "MSLIM8009", "sometimes")]
    [InlineData("", "-p:ModelSlimOffline=perhaps", "MSLIM8009", "perhaps")]
    [InlineData("", "-p:ModelSlimTreatWarningsAsErrors=some", "MSLIM8009", "some")]
    [InlineData("", "-p:ModelSlimTimeout=soon", "MSLIM8009", "soon")]
    [InlineData("", "-p:ModelSlimMaxThreads=0", "MSLIM8009", "'0'")]
    [InlineData("", "-p:ModelSlimToolPath=nowhere/modelslim.dll", "MSLIM8007", "nowhere")]
    [InlineData("", "-p:ModelSlimDelivery=pigeon", "MSLIM8003", "pigeon")]
    [InlineData("output: { delivery: web }", "", "MSLIM8003", "'web'")]
    public async Task A_failure_has_one_coded_line(string recipe, string property, string code, string text)
    {
        using var work = await WithRecipeAsync(recipe + "\n");

        var run = (await work.BuildAsync("lib.csproj", property.Length > 0 ? [property] : [])).Fails();

        var error = Assert.Single(run.Errors);
        Assert.Equal(code, error.Code);
        Assert.Contains(text, error.Text);
        Assert.DoesNotContain("MSB6006", run.Output);
    }

    [Fact]
    public async Task A_property_without_a_value_has_its_default()
    {
        using var work = await WithRecipeAsync("");

        (await work.BuildAsync(
            "lib.csproj", "-p:ModelSlimMode=", "-p:ModelSlimEnabled=", "-p:ModelSlimOffline=", "-p:ModelSlimTreatWarningsAsErrors=")).Succeeds();

        Assert.StartsWith("slim", File.ReadAllText(work["bin/Debug/net10.0/a.onnx"]));
    }

    [Fact]
    public async Task Items_that_cannot_be_right_are_refused()
    {
        using var work = await packages.NewSolutionAsync();
        work.Write("a.onnx", "model a");
        work.Write("b.onnx", "model b");
        work.Write("one/c.onnx", "model c");
        work.Write("one/prune.yaml", "");
        work.Write("two/c.onnx", "model c");
        work.Write("two/prune.yaml", "");
        work.WriteProject("lib.csproj", items: """
            <SlimModel Include="missing.onnx" />
            <SlimModel Include="a.onnx" />
            <SlimModel Include="b.onnx" Recipe="one/prune.yaml" TargetPath="../up.onnx" />
            <SlimModel Update="one/c.onnx;two/c.onnx" Link="c.onnx" />
            """);

        var run = (await work.BuildAsync("lib.csproj")).Fails();

        Assert.Equal(["MSLIM8001", "MSLIM8002", "MSLIM8004", "MSLIM8004"], run.Errors.Select(error => error.Code).Order());
        Assert.Equal(0, work.ToolRuns);
    }

    private async Task<TestSolution> WithRecipeAsync(string recipe)
    {
        var work = await packages.NewSolutionAsync();
        work.WriteProject("lib.csproj");
        work.Write("a.onnx", "model a");
        work.Write("prune.yaml", recipe);
        return work;
    }
}
