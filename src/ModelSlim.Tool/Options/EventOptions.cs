using System.CommandLine;
using ModelSlim.Tool.Verbs;

namespace ModelSlim.Tool.Options;

/// <summary>What a build says besides: that it wants events, and which process is the one to work for.</summary>
internal sealed class EventOptions
{
    private const string JsonLines = "jsonl";

    private readonly Option<string?> events = new("--events") { Hidden = true };

    private readonly Option<int?> parent = new("--parent-pid")
    {
        Hidden = true,
        CustomParser = WholeNumber.Between(1, int.MaxValue),
    };

    /// <summary>Makes the options.</summary>
    public EventOptions() => events.AcceptOnlyFromAmong(JsonLines);

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(events);
        command.Options.Add(parent);
    }

    /// <summary>True where the command line asks for events; it may have errors elsewhere.</summary>
    public bool WantsEvents(ParseResult line) =>
        line.GetResult(events) is { } result && result.Tokens.Any(token => token.Value == JsonLines);

    /// <summary>Starts to watch the parent, where the command line names one.</summary>
    public void Watch(ParseResult line, VerbContext context)
    {
        if (line.GetValue(parent) is { } id)
        {
            new ParentWatch(id, context.Interruption).Start();
        }
    }
}
