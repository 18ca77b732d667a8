using System.IO.Compression;
using System.Text;
using Microsoft.Build.Logging.StructuredLogger;
using LoggedBuild = Microsoft.Build.Logging.StructuredLogger.Build;

namespace ModelSlim.Build.Tests.Testing;

/// <summary>One run of MSBuild, as its binary log has it.</summary>
public sealed class BuildRun
{
    private readonly CommandResult _result;
    private readonly Lazy<LoggedBuild> _build;
    private readonly string _log;

    internal BuildRun(CommandResult result, string log)
    {
        _result = result;
        _log = log;
        _build = new Lazy<LoggedBuild>(() => BinaryLog.ReadBuild(log));
    }

    public int ExitCode => _result.ExitCode;

    public string Output => _result.Output;

    public IReadOnlyList<Error> Errors => Find<Error>();

    public IReadOnlyList<Warning> Warnings => Find<Warning>();

    /// <summary>All of the binary log, unpacked; whatever stands in it as text can be found.</summary>
    public string ReadLog()
    {
        using var text = new StreamReader(new GZipStream(File.OpenRead(_log), CompressionMode.Decompress), Encoding.UTF8);
        return text.ReadToEnd();
    }

    /// <summary>How often the task that starts the tool ran.</summary>
    public int SlimTasks => Find<Microsoft.Build.Logging.StructuredLogger.Task>().Count(task => task.Name == "SlimOnnxModel");

    /// <summary>Time spent in this package's targets.</summary>
    public TimeSpan TimeInOurTargets => Find<Target>()
        .Where(target => target.SourceFilePath.EndsWith("ModelSlim.Build.targets", StringComparison.Ordinal))
        .Aggregate(TimeSpan.Zero, (sum, target) => sum + target.Duration);

    public BuildRun Succeeds()
    {
        Assert.True(ExitCode == 0, Output);
        return this;
    }

    public BuildRun Fails()
    {
        Assert.True(ExitCode != 0, Output);
        return this;
    }

    private List<T> Find<T>()
        where T : BaseNode
    {
        var found = new List<T>();
        _build.Value.VisitAllChildren<T>(found.Add);
        return found;
    }
}
