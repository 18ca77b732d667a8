using System.Diagnostics;
using System.Globalization;
using ModelSlim.Core.Fingerprints;
using ModelSlim.Core.Onnx;
using ModelSlim.Testing;

namespace ModelSlim.Benchmarks;

/// <summary>
/// What the package costs a build, as a Markdown table: one in which nothing changed, and a clean one with a warm store and a model of
/// 100 MB, each in turns with the same project without the package; and how fast files are hashed, in turns with <c>openssl</c>.
/// Processor time is that of all processes of a build; it is told on Linux, and disturbed less by what else a machine does.
/// </summary>
internal sealed class BuildBenchmark : IDisposable
{
    private const int NoOpTurns = 15;
    private const int CleanTurns = 7;
    private const int HashTurns = 9;
    private const string Model = "resnet50";
    private const string Recipe = "target: { macs: 50% }\nrepair: off\n";
    private static readonly string[] Build = ["-m:1", "-nodeReuse:false", "-v:q", "-clp:NoSummary"];

    private readonly PackagedBuilds _builds;

    /// <param name="feed">Folder with the package.</param>
    public BuildBenchmark(string feed) => _builds = new PackagedBuilds(feed);

    /// <summary>Measures all, and writes a row as soon as it is known.</summary>
    public async Task RunAsync(TextWriter output)
    {
        await PrepareAsync();
        await output.WriteLineAsync("| | Without | With | More | Ratio | Processor time without | with | more | Ratio |\n|---|---|---|---|---|---|---|---|---|");
        await output.WriteLineAsync(Row("dotnet build, nothing changed", await Medians.OfAsync(NoOpTurns, () => BuildAsync("Without"), () => BuildAsync("With"))));
        await output.WriteLineAsync(Row(
            "the same with --no-restore",
            await Medians.OfAsync(NoOpTurns, () => BuildAsync("Without", "--no-restore"), () => BuildAsync("With", "--no-restore"))));
        await output.WriteLineAsync(Row(
            $"--no-restore, output and obj empty, warm store, model of {Megabytes("Large/net.onnx")}, slim {Megabytes("Large/bin/Debug/net10.0/net.onnx")}",
            await Medians.OfAsync(CleanTurns, () => CleanBuildAsync("Without"), () => CleanBuildAsync("Large"))));
        await output.WriteLineAsync(Row("copying that slim model twice, as such a build does", [(0, 0), (await Medians.OfAsync(CleanTurns, CopyTwiceAsync))[0]]));
        await output.WriteLineAsync(Row(
            "hashing that model: openssl sha256, ModelSlim",
            await Medians.OfAsync(HashTurns, () => TimedAsync(() => RunAsync(new ProcessStartInfo("openssl", ["dgst", "-sha256", _builds["Large/net.onnx"]]))), HashAsync)));
    }

    /// <inheritdoc/>
    public void Dispose() => _builds.Dispose();

    private async Task PrepareAsync()
    {
        _builds.WriteProject("Without", usesPackage: false);
        _builds.WriteProject("With", usesPackage: true);
        _builds.WriteProject("Large", usesPackage: true);
        foreach (var project in (string[])["Without", "With"])
        {
            new OnnxWriter().Save(SmallNets.Residual(), _builds[$"{project}/net.onnx"]);
            _builds.Write($"{project}/prune.yaml", Recipe);
        }

        new OnnxWriter().Save(LargeNets.Make(Model), _builds["Large/net.onnx"]);
        _builds.Write("Large/prune.yaml", Recipe);
        foreach (var project in (string[])["Without", "With", "Large"])
        {
            _builds.Write($"{project}/Library.cs", "public class Library;");
            await BuildAsync(project);
        }
    }

    private Task<(TimeSpan Clock, TimeSpan Work)> BuildAsync(string project, params string[] more) =>
        TimedAsync(() => RunAsync(_builds.DotNet(["build", _builds[$"{project}/{project}.csproj"], .. Build, .. more])));

    private async Task<(TimeSpan Clock, TimeSpan Work)> CleanBuildAsync(string project)
    {
        foreach (var folder in (string[])["bin", "obj/Debug"])
        {
            Directory.Delete(_builds[$"{project}/{folder}"], recursive: true);
        }

        return await BuildAsync(project, "--no-restore");
    }

    private Task<(TimeSpan Clock, TimeSpan Work)> CopyTwiceAsync()
    {
        var (first, second) = (_builds["copies/first"], _builds["copies/second"]);
        return TimedAsync(() =>
        {
            File.Delete(first);
            File.Delete(second);
            File.Copy(_builds["Large/bin/Debug/net10.0/net.onnx"], first);
            File.Copy(first, second);
            return Task.CompletedTask;
        });
    }

    private Task<(TimeSpan Clock, TimeSpan Work)> HashAsync() => TimedAsync(() =>
    {
        new FileDigester().Digest(_builds["Large/net.onnx"]);
        return Task.CompletedTask;
    });

    private static async Task RunAsync(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        var run = await ToolStart.RunAsync(start, CancellationToken.None);
        if (run.ExitCode != 0)
        {
            throw new InvalidOperationException($"{start.FileName} {string.Join(' ', start.ArgumentList)} ended with {run.ExitCode}: {run.Output}{run.Error}");
        }
    }

    private static async Task<(TimeSpan Clock, TimeSpan Work)> TimedAsync(Func<Task> work)
    {
        var (before, clock) = (WorkDone(), Stopwatch.StartNew());
        await work();
        return (clock.Elapsed, WorkDone() - before);
    }

    /// <summary>Processor time of this process and of all that ended below it; zero where the system does not tell.</summary>
    private static TimeSpan WorkDone()
    {
        if (!OperatingSystem.IsLinux())
        {
            return TimeSpan.Zero;
        }

        // After the name, which is in parentheses: utime, stime, cutime and cstime are fields 14 to 17, in hundredths of a second.
        var text = File.ReadAllText("/proc/self/stat");
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return TimeSpan.FromMilliseconds(10 * fields[11..15].Sum(field => long.Parse(field, CultureInfo.InvariantCulture)));
    }

    private string Megabytes(string path) => string.Create(CultureInfo.InvariantCulture, $"{new FileInfo(_builds[path]).Length / 1e6:F0} MB");

    private static string Row(string what, IReadOnlyList<(double Clock, double Work)> medians)
    {
        var ((clock, work), (otherClock, otherWork)) = (medians[0], medians[1]);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {what} | {1000 * clock:F0} ms | {1000 * otherClock:F0} ms | {1000 * (otherClock - clock):F0} ms | {Ratio(otherClock, clock)} | {1000 * work:F0} ms | {1000 * otherWork:F0} ms | {1000 * (otherWork - work):F0} ms | {Ratio(otherWork, work)} |");
    }

    private static string Ratio(double with, double without) => without > 0 ? (with / without).ToString("F3", CultureInfo.InvariantCulture) : "";
}
