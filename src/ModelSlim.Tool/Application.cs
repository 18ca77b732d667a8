using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Tool.Options;
using ModelSlim.Tool.Rendering;
using ModelSlim.Tool.Verbs;

namespace ModelSlim.Tool;

/// <summary>The command: from arguments to an exit code.</summary>
/// <param name="host">The world around it.</param>
/// <param name="verbs">What it can do.</param>
internal sealed class Application(ToolHost host, ImmutableArray<Verb> verbs)
{
    private readonly CommonOptions common = new();

    /// <summary>Runs one command line.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="interruption">Ends the work early.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, Interruption interruption)
    {
        try
        {
            return await ParseAndRunAsync(arguments, interruption).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            host.Error.WriteLine(Bug(error));
            return (int)ExitCode.Internal;
        }
    }

    private static Diagnostic Bug(Exception error) => DiagnosticCodes.Internal.Says(
        $"{error.GetType().Name}: {error.Message} This is a bug in modelslim; report it with the output of -v diag");

    private async Task<int> ParseAndRunAsync(IReadOnlyList<string> arguments, Interruption interruption)
    {
        var root = BuildRoot(interruption);
        var line = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (UnknownOptions(line) is { Length: > 0 } unknown)
        {
            return (int)Refuse(line, unknown.Select(word => $"Unrecognized option '{word}'{Suggestion(line, word)}"));
        }

        if (line.Action is ParseErrorAction)
        {
            return (int)Refuse(line, line.Errors.Select(error => error.Message.TrimEnd('.') + Suggestion(line, error)));
        }

        return await line.InvokeAsync(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
            Output = host.Output,
            Error = host.Error,
        }).ConfigureAwait(false);
    }

    private RootCommand BuildRoot(Interruption interruption)
    {
        var root = new RootCommand("Makes ONNX models smaller and faster, keeps their accuracy, proves the result.");
        root.Options.OfType<VersionOption>().Single().Action = new ShowVersion(host.Output);
        root.SetAction(ShowHelp);
        common.AddTo(root);
        foreach (var verb in verbs)
        {
            verb.Command.SetAction((line, _) => RunAsync(verb, line, interruption));
            ParentOf(root, verb).Subcommands.Add(verb.Command);
        }

        return root;
    }

    private int ShowHelp(ParseResult line)
    {
        if (common.Read(line).Json)
        {
            var verbs = line.CommandResult.Command.Subcommands.Where(verb => !verb.Hidden).Select(verb => verb.Name);
            return (int)Refuse(line, [$"A verb is missing; name one of {string.Join(", ", verbs)}"]);
        }

        new HelpAction().Invoke(line);
        return (int)ExitCode.CommandLine;
    }

    private Command ParentOf(RootCommand root, Verb verb)
    {
        if (verb.Parent is not { } name)
        {
            return root;
        }

        if (root.Subcommands.FirstOrDefault(command => command.Name == name) is not { } parent)
        {
            parent = new Command(name, "The store of results");
            parent.SetAction(ShowHelp);
            root.Subcommands.Add(parent);
        }

        return parent;
    }

    private async Task<int> RunAsync(Verb verb, ParseResult line, Interruption interruption)
    {
        var settings = common.Read(line);
        var reporter = ReporterFor(verb, line, settings);
        Result<VerbOutput> result;
        try
        {
            var context = new VerbContext(settings, host, reporter, interruption);
            result = await reporter.DuringAsync(() => verb.RunAsync(line, context)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            return (int)Stop(reporter, interruption);
        }
        catch (UnreadableSampleException error)
        {
            result = error.Diagnostic;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            result = DiagnosticCodes.FileAccess.Says(error.Message);
            ShowTrace(error, settings);
        }
        catch (Exception error)
        {
            result = Bug(error);
            ShowTrace(error, settings);
        }

        foreach (var diagnostic in result.Diagnostics)
        {
            reporter.Say(diagnostic);
        }

        reporter.Finish(result.Value);
        return (int)ExitCodeOf(result);
    }

    /// <summary>A result can have errors beside it: figures are shown even where a gate does not hold. No result is never done.</summary>
    private static ExitCode ExitCodeOf(Result<VerbOutput> result) =>
        result.Diagnostics.FirstOrDefault(diagnostic => diagnostic.Severity == Severity.Error)?.Descriptor.ExitCode
        ?? (result.Succeeded ? ExitCode.Done : ExitCode.Failed);

    private ExitCode Refuse(ParseResult line, IEnumerable<string> errors)
    {
        var verb = verbs.FirstOrDefault(verb => verb.Command == line.CommandResult.Command);
        var reporter = ReporterFor(verb, line, common.Read(line));
        foreach (var error in errors)
        {
            reporter.Say(DiagnosticCodes.CommandLine.Says(error));
        }

        var command = verb is null ? string.Empty : $" {(verb.Parent is { } parent ? parent + " " : string.Empty)}{verb.Command.Name}";
        host.Error.WriteLine($"See modelslim{command} --help.");
        reporter.Finish(null);
        return ExitCode.CommandLine;
    }

    /// <summary>
    /// Words that look like options and are none. The parser takes the first of them for an argument, and then blames a word
    /// that is right.
    /// </summary>
    private static string[] UnknownOptions(ParseResult line)
    {
        var arguments = line.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens)
            .Select(token => token.Value).Concat(line.UnmatchedTokens).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. line.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash).Select(token => token.Value)
                .Where(word => word is ['-', _, ..] && arguments.Contains(word)),
        ];
    }

    private static string Suggestion(ParseResult line, ParseError error) =>
        line.UnmatchedTokens.FirstOrDefault(token => error.Message.Contains($"'{token}'", StringComparison.Ordinal)) is { } wrong
            ? Suggestion(line, wrong)
            : string.Empty;

    private static string Suggestion(ParseResult line, string wrong)
    {
        var command = line.CommandResult.Command;
        var known = command.Subcommands.Where(verb => !verb.Hidden).Select(verb => verb.Name)
            .Concat(command.Options.Concat(line.RootCommandResult.Command.Options.Where(option => option.Recursive))
                .Where(option => !option.Hidden)
                .Select(option => option.Name));
        return NearestName.Of(wrong.Split('=')[0], known) is { } near ? $"; did you mean {near}?" : string.Empty;
    }

    private ExitCode Stop(IReporter reporter, Interruption interruption)
    {
        if (interruption.Reason is { } reason)
        {
            reporter.Say(reason);
        }
        else
        {
            host.Error.WriteLine("Cancelled.");
        }

        reporter.Finish(null);
        return interruption.ExitCode;
    }

    private IReporter ReporterFor(Verb? verb, ParseResult line, RunSettings settings) =>
        verb is not null && verb.WantsEvents(line) ? new EventReporter(host.Output) : new TerminalReporter(host, settings);

    private void ShowTrace(Exception error, RunSettings settings)
    {
        if (settings.Verbosity == Verbosity.Diagnostic)
        {
            host.Error.WriteLine(error);
        }
    }
}
