namespace ModelSlim.Build.Tests.Testing;

/// <summary>A temporary folder with projects that use the packed package, cut off from this repository's own settings.</summary>
public sealed class TestSolution : IDisposable
{
    private readonly Packages _packages;
    private readonly DirectoryInfo _root;
    private int _builds;

    /// <param name="packages">The packages under test.</param>
    /// <param name="folder">Name of the folder, for tests about names.</param>
    public TestSolution(Packages packages, string folder)
    {
        _packages = packages;
        _root = Directory.CreateTempSubdirectory("modelslim-build-");
        Root = Directory.CreateDirectory(Path.Combine(_root.FullName, folder)).FullName;
        Directory.CreateDirectory(RunLog);
        Write("Directory.Build.props", "<Project />");
        Write("Directory.Build.targets", "<Project />");
        Write("Directory.Packages.props", "<Project />");
        Write("global.json", "{}");
        Write("nuget.config", $"""
            <configuration>
              <packageSources><clear /><add key="feed" value="{packages.Feed}" /></packageSources>
              <fallbackPackageFolders><clear /><add key="machine" value="{Repository.NuGetPackages}" /></fallbackPackageFolders>
              <auditSources><clear /></auditSources>
            </configuration>
            """);
    }

    public string Root { get; }

    /// <summary>What is set in the environment of whatever runs, beyond what every test has.</summary>
    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    private string RunLog => Path.Combine(_root.FullName, "runs");

    /// <summary>How often the stand-in for the tool was started.</summary>
    public int ToolRuns => Runs.Length;

    private string[] Runs => Directory.GetFiles(RunLog, "*.run");

    public string this[string path] => Path.Combine(Root, path);

    /// <summary>Arguments of each run of the stand-in, the process id first.</summary>
    public IEnumerable<string[]> ToolArguments => Runs.Select(File.ReadAllLines);

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[path])!);
        File.WriteAllText(this[path], text);
    }

    /// <summary>Writes a project that uses the package, with the stand-in for the tool unless told otherwise.</summary>
    public void WriteProject(
        string path, string properties = "", string items = "", bool usesPackage = true, bool realTool = false, string frameworks = "net10.0", string sdk = "Microsoft.NET.Sdk")
    {
        var many = frameworks.Contains(';') ? "s" : "";
        var tool = realTool ? "" : $"<ModelSlimToolPath>{Repository.FakeTool}</ModelSlimToolPath>";
        var package = usesPackage ? $"""<PackageReference Include="ModelSlim.Build" Version="{_packages.Version}" PrivateAssets="all" />""" : "";
        Write(path, $"""
            <Project Sdk="{sdk}">
              <PropertyGroup>
                <TargetFramework{many}>{frameworks}</TargetFramework{many}>
                <UseAppHost>false</UseAppHost>
                <NuGetAudit>false</NuGetAudit>
                {tool}
                {properties}
              </PropertyGroup>
              <ItemGroup>
                {package}
                {items}
              </ItemGroup>
            </Project>
            """);
    }

    /// <summary>Runs <c>dotnet</c> with a binary log.</summary>
    public async Task<BuildRun> RunAsync(string verb, string project, params string[] arguments)
    {
        var log = Path.Combine(_root.FullName, $"{++_builds}.binlog");
        var result = await DotNet().RunAsync(
            Root, TestContext.Current.CancellationToken, [verb, this[project], "-bl:" + log, "-nodeReuse:false", .. arguments]);
        return new BuildRun(result, log);
    }

    public async Task<BuildRun> BuildAsync(string project, params string[] arguments) => await RunAsync("build", project, arguments);

    /// <summary>Runs a program that was built.</summary>
    public async Task<CommandOutput> ExecuteAsync(string assembly)
    {
        var result = await DotNet().RunAsync(Root, TestContext.Current.CancellationToken, this[assembly]);
        return new CommandOutput(result.ExitCode, result.Output.Trim());
    }

    internal DotNet DotNet()
    {
        var environment = new Dictionary<string, string>(_packages.Environment) { ["FAKETOOL_LOG"] = RunLog };
        foreach (var (name, value) in Environment)
        {
            environment[name] = value;
        }

        return new DotNet(environment);
    }

    public void Dispose() => _root.Delete(recursive: true);
}

public sealed record CommandOutput(int ExitCode, string Output);
