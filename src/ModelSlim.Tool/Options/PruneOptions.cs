using System.CommandLine;
using System.CommandLine.Parsing;
using ModelSlim.Core.Recipes;
using ModelSlim.Pipeline;
using ModelSlim.Tool.Verbs;

namespace ModelSlim.Tool.Options;

/// <summary>The options of <c>prune</c> alone.</summary>
internal sealed class PruneOptions
{
    private readonly Option<string> output = new("--output", "-o")
    {
        Description = "The file to write; one that is there is replaced",
        HelpName = "OUT",
        Required = true,
    };

    private readonly Option<string?> plan = new("--plan") { Description = "Carry out this plan instead of making one", HelpName = "PLAN" };

    private readonly Option<string?> report = new("--report") { Description = "Write the report (JSON) to a file", HelpName = "FILE" };

    private readonly LibTorchOption libTorch = new();

    private readonly Option<string?> lockFile = new("--lock") { Description = "Write the result into this lock file", HelpName = "LOCKFILE" };

    private readonly Option<string?> locked = new("--locked") { Description = "Accept only the result that this lock file names", HelpName = "LOCKFILE" };

    private readonly Option<bool> cacheOnly = new("--cache-only") { Description = "Fail where the result is not in the store" };

    private readonly Option<bool> rebuild = new("--rebuild") { Description = "Make the result anew even if it is in the store" };

    private readonly Option<int?> timeout = new("--timeout")
    {
        Description = "Give up after so many seconds",
        HelpName = "SECONDS",
        CustomParser = WholeNumber.Between(1, 1_000_000),
    };

    private readonly RemoteOptions remote = new();
    private readonly EventOptions events = new();

    /// <summary>Makes the options.</summary>
    public PruneOptions()
    {
        output.Validators.Add(PathArgument.RefuseEmpty);
        report.Validators.Add(PathArgument.RefuseEmpty);
        lockFile.Validators.Add(PathArgument.RefuseEmpty);
        locked.Validators.Add(PathArgument.RefuseEmpty);
    }

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[output, plan, report, lockFile, locked, cacheOnly, rebuild, timeout])
        {
            command.Options.Add(option);
        }

        libTorch.AddTo(command);
        remote.AddTo(command);
        events.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(cacheOnly) && result.GetValue(rebuild))
            {
                result.AddError("--cache-only and --rebuild exclude each other.");
            }

            if (result.GetValue(lockFile) is not null && result.GetValue(locked) is not null)
            {
                result.AddError("--lock and --locked exclude each other.");
            }
        });
    }

    /// <summary>True where the command line asks for events; it may have errors elsewhere.</summary>
    public bool WantsEvents(ParseResult line) => events.WantsEvents(line);

    /// <summary>True where there is a plan to carry out.</summary>
    public bool HasPlan(ParseResult line) => HasPlan(line.CommandResult);

    /// <summary>True where there is a plan to carry out.</summary>
    public bool HasPlan(CommandResult line) => line.GetValue(plan) is not null;

    /// <summary>Names and paths of the files to write; a path is null where the command line does not say.</summary>
    public (string Name, string? Path)[] Written(CommandResult line) =>
        [("output", line.GetValue(output)), ("report", line.GetValue(report)), ("lock file", line.GetValue(lockFile))];

    /// <summary>Path of the plan to carry out; null where there is none.</summary>
    public string? PlanOf(ParseResult line) => line.GetValue(plan);

    /// <summary>Starts to watch the time and the parent, where the command line says so.</summary>
    public void Watch(ParseResult line, VerbContext context)
    {
        events.Watch(line, context);
        if (line.GetValue(timeout) is { } seconds)
        {
            context.Interruption.EndAfter(TimeSpan.FromSeconds(seconds), context.Host.Time);
        }
    }

    /// <summary>What is asked for.</summary>
    public SlimRequest Request(ParseResult line, string model, Recipe recipe, VerbContext context) =>
        context.Request(model, recipe, line.GetRequiredValue(output), libTorch.Read(line)) with
        {
            ReportPath = line.GetValue(report),
            PlanPath = line.GetValue(plan),
            MaxStoreSize = context.ReadStoreLimit(),
            Remote = remote.Open(line, context),
            CachePolicy = line.GetValue(cacheOnly) ? CachePolicy.ReadOnly
                : line.GetValue(rebuild) ? CachePolicy.Refresh
                : CachePolicy.ReadWrite,
            LockPath = line.GetValue(locked) ?? line.GetValue(lockFile),
            Locked = line.GetValue(locked) is not null,
        };
}
