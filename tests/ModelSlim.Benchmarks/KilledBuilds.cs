using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using ModelSlim.Core.Data;
using ModelSlim.Core.Onnx;
using ModelSlim.Testing;

namespace ModelSlim.Benchmarks;

/// <summary>
/// Kills <c>dotnet build -m</c> at random moments, with the tool and the worker that it started: three projects, of which two share a
/// model that is trained. After each kill neither tool nor worker is left, what lies in <c>obj</c> is whole, the next build gives what a build gives
/// that nobody killed, and the store is sound.
/// </summary>
internal sealed class KilledBuilds : IDisposable
{
    private const double Growth = 1.05;
    private const int AloneOneIn = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly (string Project, string Model)[] Shipped = [("One", "net.onnx"), ("Two", "net.onnx"), ("Three", "own.onnx")];
    private static readonly string[] Build = ["build", "all.slnx", "-m", "--no-restore", "-nodeReuse:false", "-v:q"];

    private readonly PackagedBuilds _builds;
    private readonly Dictionary<string, byte[]> _expected = [];
    private TimeSpan _whole;

    private KilledBuilds(PackagedBuilds builds) => _builds = builds;

    /// <summary>How many builds were killed before they ended by themselves.</summary>
    public int Killed { get; private set; }

    /// <summary>In how many of those the tool ran.</summary>
    public int WithTool { get; private set; }

    /// <summary>In how many of those the worker ran that trains.</summary>
    public int WithWorker { get; private set; }

    /// <summary>Builds once without a kill, to know what comes out and how long that takes.</summary>
    /// <param name="feed">Folder with the package.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<KilledBuilds> StartAsync(string feed, CancellationToken cancellation)
    {
        var killed = new KilledBuilds(new PackagedBuilds(feed));
        await killed.PrepareAsync(cancellation);
        return killed;
    }

    /// <summary>Kills a build, and looks at what is left and at the next one.</summary>
    /// <param name="random">Says when, whom, and what is there already.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="InvalidOperationException">What must hold afterwards does not.</exception>
    public async Task KillAsync(SplitMix random, CancellationToken cancellation)
    {
        var (moment, all) = (_whole * random.NextSingle(), random.NextInt(AloneOneIn) != 0);
        if (random.NextInt(2) == 0)
        {
            Directory.Delete(_builds.Store, recursive: true);
        }

        foreach (var (project, model) in Shipped)
        {
            // The models are made anew in any case; now and then everything is.
            DeleteFolder(random.NextInt(2) == 0 ? $"{project}/obj/Debug" : $"{project}/obj/Debug/net10.0/modelslim");
            File.Delete(_builds[$"{project}/bin/Debug/net10.0/{model}"]);
        }

        var what = string.Create(CultureInfo.InvariantCulture, $"a build of which {(all ? "all" : "the first process")} was killed after {moment.TotalMilliseconds:F0} ms");
        await KillAsync(moment, all, what, cancellation);
        foreach (var (project, model) in Shipped)
        {
            Check(project, $"{project}/obj/Debug/net10.0/modelslim/{model}", $"is in obj after {what}", mayMiss: true);
        }

        await _builds.RunAsync(cancellation, Build);
        CheckShipped($"came out of the build after {what}");
        var store = await ToolStart.RunAsync(_builds.DotNet(_builds.Tool, "cache", "verify", "--cache-dir", _builds.Store, "--json"), cancellation);
        if (store.ExitCode != 0 || JsonNode.Parse(store.Output)!["damaged"]!.AsArray().Count > 0)
        {
            throw new InvalidOperationException($"The store is damaged after {what}: {store.Output}{store.Error}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _builds.Dispose();

    private static bool IsOurs(string line) => line.Contains("modelslim.dll", StringComparison.Ordinal) || IsWorker(line);

    private static bool IsWorker(string line) => line.Contains("ModelSlim.Training.dll", StringComparison.Ordinal);

    private async Task PrepareAsync(CancellationToken cancellation)
    {
        using var trained = new PruneCase(trains: true);
        foreach (var file in (string[])["net.onnx", "prune.yaml", "x.idx", "y.idx"])
        {
            File.Copy(trained.File(file), _builds["shared/" + file]);
        }

        const string shared = """<SlimModel Include="../shared/net.onnx" />""";
        _builds.WriteProject("One", usesPackage: true, shared);
        _builds.WriteProject("Two", usesPackage: true, shared);
        _builds.WriteProject("Three", usesPackage: true, """<ProjectReference Include="../One/One.csproj" />""");
        new OnnxWriter().Save(SmallNets.Residual(), _builds["Three/own.onnx"]);
        _builds.Write("Three/prune.yaml", "target: { macs: 50% }\n");
        _builds.Write("all.slnx", $"<Solution>{string.Concat(Shipped.Select(each => $"""<Project Path="{each.Project}/{each.Project}.csproj" />"""))}</Solution>");
        await _builds.RunAsync(cancellation, "restore", "all.slnx", "-nodeReuse:false");
        var clock = Stopwatch.StartNew();
        await _builds.RunAsync(cancellation, Build);
        _whole = clock.Elapsed;
        foreach (var (project, model) in Shipped)
        {
            _expected[project] = await File.ReadAllBytesAsync(_builds[$"{project}/bin/Debug/net10.0/{model}"], cancellation);
        }
    }

    private async Task KillAsync(TimeSpan moment, bool all, string what, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        using var build = new ProcessFamily(_builds.DotNet(Build));
        await Task.Delay(moment, cancellation);
        var members = build.Members();
        var ended = build.HasEnded;
        await build.KillAsync(all, cancellation);
        if (!ended)
        {
            Killed++;
            WithTool += members.Any(IsOurs) ? 1 : 0;
            WithWorker += members.Any(IsWorker) ? 1 : 0;
        }

        // How long a build takes depends on what else the machine does.
        _whole = ended ? clock.Elapsed : _whole * Growth;
        if (!await build.IsGoneAfterAsync(IsOurs, Patience, cancellation))
        {
            throw new InvalidOperationException($"Of {what} there is still, after {Patience.TotalSeconds} s: {string.Join(" | ", build.Members())}");
        }

        // MSBuild's own processes may wait for one that is gone.
        await build.KillAsync(all: true, cancellation);
    }

    private void CheckShipped(string what)
    {
        foreach (var (project, model) in Shipped)
        {
            Check(project, $"{project}/bin/Debug/net10.0/{model}", what, mayMiss: false);
        }

        // What a project gets from another one that it refers to.
        Check("One", "Three/bin/Debug/net10.0/net.onnx", what, mayMiss: false);
    }

    private void Check(string project, string path, string what, bool mayMiss)
    {
        if (mayMiss && !File.Exists(_builds[path]))
        {
            return;
        }

        if (!File.ReadAllBytes(_builds[path]).AsSpan().SequenceEqual(_expected[project]))
        {
            throw new InvalidOperationException($"Another {path} {what}.");
        }
    }

    private void DeleteFolder(string path)
    {
        if (Directory.Exists(_builds[path]))
        {
            Directory.Delete(_builds[path], recursive: true);
        }
    }
}
