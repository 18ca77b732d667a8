using System.Reflection;
using System.Text;
using ModelSlim.Core.Caching;
using ModelSlim.Core.Recipes;
using ModelSlim.Pipeline;
using ModelSlim.Training.Runtime;
using ModelSlim.Training.Worker;

namespace ModelSlim.Tool;

/// <summary>The world around the command: what a test replaces.</summary>
internal sealed record ToolHost
{
    /// <summary>Standard output.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Standard error.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>True where a person reads standard output on a terminal.</summary>
    public bool IsOutputTerminal { get; init; }

    /// <summary>True where a person reads standard error on a terminal.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>Looks up environment variables.</summary>
    public Func<string, string?> Environment { get; init; } = _ => null;

    /// <summary>The files.</summary>
    public IFileView Files { get; init; } = new DiskFileView();

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Makes the engine, for a number of threads; null means all cores.</summary>
    public Func<int?, ModelSlimServices> Services { get; init; } = threads => new ModelSlimServices(threads);

    /// <summary>Finds out whether fine-tuning works here; the folder of libtorch that the user named comes first.</summary>
    public Func<string?, CancellationToken, Task<RuntimeFacts>> InspectRuntime { get; init; } =
        (named, cancellation) => new RuntimeInspection().InspectAsync(named, null, cancellation);

    /// <summary>Version of the tool.</summary>
    public static string Version { get; } =
        typeof(ToolHost).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>The conventions of this system for the store's folder.</summary>
    public static StorePlatform StorePlatform { get; } =
        OperatingSystem.IsWindows() ? StorePlatform.Windows : OperatingSystem.IsMacOS() ? StorePlatform.Mac : StorePlatform.Unix;

    /// <summary>True on a build server, where nobody watches.</summary>
    public bool IsBuildServer => ((string[])["CI", "TF_BUILD", "TEAMCITY_VERSION", "JENKINS_URL"])
        .Any(name => Environment(name) is { Length: > 0 } value && !value.Equals("false", StringComparison.OrdinalIgnoreCase));

    /// <summary>True where the user wants no colours (no-color.org).</summary>
    public bool NoColor => Environment("NO_COLOR") is { Length: > 0 };

    /// <summary>The process that this is.</summary>
    public static ToolHost OfProcess()
    {
        Console.OutputEncoding = new UTF8Encoding(false);
        return new ToolHost
        {
            Output = Console.Out,
            Error = Console.Error,
            IsOutputTerminal = !Console.IsOutputRedirected,
            IsErrorTerminal = !Console.IsErrorRedirected,
            Environment = System.Environment.GetEnvironmentVariable,
        };
    }
}
