using ModelSlim.Core.Diagnostics;
using ModelSlim.Tool.Options;
using ModelSlim.Tool.Verbs;

namespace ModelSlim.Tool.Tests;

public sealed class ApplicationTests
{
    [Theory]
    [InlineData("prun", "Unrecognized command or argument 'prun'; did you mean prune?")]
    [InlineData("inspect", "Required argument 'MODEL' missing for command: 'inspect'")]
    [InlineData("inspect x.onnx y.onnx", "Unrecognized command or argument 'y.onnx'")]
    [InlineData("inspect x.onnx --jsn", "did you mean --json?")]
    [InlineData("inspect --jso x.onnx", "Unrecognized option '--jso'; did you mean --json?")]
    [InlineData("prune x.onnx --outpu=y.onnx", "Unrecognized option '--outpu=y.onnx'; did you mean --output?")]
    [InlineData("inspect --nothing-like-it", "Unrecognized option '--nothing-like-it'\n")]
    [InlineData("prune x.onnx -o y.onnx --plan p.json --target macs=50%", "--plan and --target exclude each other")]
    [InlineData("inspect x.onnx -v loud", "Verbosity 'loud' is none of q, m, n, d, diag")]
    [InlineData("inspect x.onnx --threads 0", "--threads must be a whole number from 1 to 1024")]
    [InlineData("inspect x.onnx --threads two", "--threads must be a whole number from 1 to 1024")]
    [InlineData("inspect x.onnx --seed -1", "--seed must be a whole number from 0 to 2147483647")]
    [InlineData("prune x.onnx", "Option '--output' is required")]
    [InlineData("prune x.onnx -o x.onnx", "The output would overwrite the model; name another file")]
    [InlineData("prune x.onnx -o y.onnx --target mac=50%", "Unknown key 'target.mac'; did you mean 'macs'?")]
    [InlineData("prune x.onnx -o y.onnx --target 50%", "'50%' is not a target; write one such as macs=50%")]
    [InlineData("prune x.onnx -o y.onnx --timeout 0", "--timeout must be a whole number from 1 to 1000000")]
    [InlineData("prune x.onnx -o y.onnx --cache-only --rebuild", "--cache-only and --rebuild exclude each other")]
    [InlineData("prune x.onnx -o y.onnx --events xml", "xml")]
    [InlineData("inspect ", "MODEL must be the path of a file")]
    [InlineData("prune x.onnx -o ", "--output must be the path of a file")]
    [InlineData("verify x.onnx ", "SLIM must be the path of a file")]
    public async Task A_wrong_command_line_exits_with_2_and_says_why(string line, string message)
    {
        var run = await ToolRun.Of(line.Split(' '));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("modelslim: error MSLIM0001: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Contains("--help", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task A_wrong_command_line_is_a_document_for_scripts_too()
    {
        var run = await ToolRun.Of("inspect", "--json");

        Assert.Equal(2, run.ExitCode);
        Assert.Equal("MSLIM0001", (string?)run.Json["diagnostics"]![0]!["code"]);
    }

    [Fact]
    public async Task A_wrong_command_line_is_an_event_for_builds_too()
    {
        var run = await ToolRun.Of("prune", "x.onnx", "--events", "jsonl");

        Assert.Equal(2, run.ExitCode);
        Assert.Equal("MSLIM0001", (string?)Assert.Single(run.Events)["code"]);
    }

    [Fact]
    public async Task Without_a_verb_the_help_is_shown()
    {
        var run = await ToolRun.Of();

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Usage:", run.Output, StringComparison.Ordinal);
        Assert.All(VerbCatalog.All, verb => Assert.Equal(
            verb.Command.Hidden, !run.Output.Contains($"  {verb.Parent ?? verb.Command.Name} ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("cache --json", "A verb is missing; name one of path, list, explain")]
    [InlineData("--json", "A verb is missing; name one of init, inspect, ")]
    public async Task Without_a_verb_scripts_get_a_document(string line, string message)
    {
        var run = await ToolRun.Of(line.Split(' '));

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith(message, (string?)run.Json["diagnostics"]![0]!["message"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("prune --help")]
    [InlineData("explain -h")]
    public async Task Help_is_no_error(string line)
    {
        var run = await ToolRun.Of(line.Split(' '));

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        Assert.DoesNotContain("parent-pid", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_is_that_of_the_tool()
    {
        var run = await ToolRun.Of("--version");

        Assert.Equal((0, ToolHost.Version + "\n"), (run.ExitCode, run.Output));
        Assert.Matches(@"^\d+\.\d+\.\d+", run.Output);
    }

    [Fact]
    public async Task A_path_that_starts_with_an_at_sign_is_a_path()
    {
        var run = await ToolRun.Of("inspect", "@nothing.onnx");

        Assert.Equal((int)ExitCode.ModelUnsupported, run.ExitCode);
        Assert.StartsWith("@nothing.onnx: error MSLIM4001: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_error_decides_the_exit_code()
    {
        var run = await Run(_ => Result<VerbOutput>.Failed(
            [DiagnosticCodes.RecipeLeak.Says("w"), DiagnosticCodes.RecipeMissing.Says("a"), DiagnosticCodes.ModelMissing.Says("b")]));

        Assert.Equal((int)ExitCode.Recipe, run.ExitCode);
        Assert.Equal("modelslim: warning MSLIM1301: w\nmodelslim: error MSLIM1001: a\nmodelslim: error MSLIM4001: b\n", run.Error);
    }

    [Fact]
    public async Task No_result_is_a_failure_even_where_only_a_warning_says_why()
    {
        var run = await Run(_ => Result<VerbOutput>.Failed([DiagnosticCodes.RepairSkipped.Says("w")]));

        Assert.Equal((int)ExitCode.Failed, run.ExitCode);
    }

    [Fact]
    public async Task A_bug_exits_with_70_and_shows_no_stack_trace()
    {
        var run = await Run(_ => throw new InvalidOperationException("Boom."));

        Assert.Equal(70, run.ExitCode);
        Assert.Equal(
            "modelslim: error MSLIM9001: InvalidOperationException: Boom. This is a bug in modelslim; report it with the output of -v diag\n",
            run.Error);
    }

    [Fact]
    public async Task A_bug_shows_its_stack_trace_where_that_is_wanted()
    {
        var run = await Run(_ => throw new InvalidOperationException("Boom."), "-v", "diag");

        Assert.Equal(70, run.ExitCode);
        Assert.Contains("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bug_in_reading_the_command_line_is_a_bug_like_others()
    {
        var verb = TestVerb.That(_ => TestVerb.Done);
        verb.Command.Validators.Add(_ => throw new InvalidOperationException("Boom."));

        var run = await ToolRun.Of(host => host, [verb], ["test"]);

        Assert.Equal(70, run.ExitCode);
        Assert.StartsWith("modelslim: error MSLIM9001: InvalidOperationException: Boom.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_system_refuses_is_no_bug()
    {
        var run = await Run(_ => throw new UnauthorizedAccessException("Access to the path '/x' is denied."));

        Assert.Equal((1, "modelslim: error MSLIM0002: Access to the path '/x' is denied.\n"), (run.ExitCode, run.Error));
    }

    [Theory]
    [InlineData(ExitCode.Cancelled, 130)]
    [InlineData(ExitCode.Terminated, 143)]
    public async Task A_cancelled_run_exits_as_the_shell_has_it(ExitCode reason, int exitCode)
    {
        using var interruption = new Interruption();
        var verb = new TestVerb(async context =>
        {
            Assert.True(interruption.End(reason));
            await Task.Delay(Timeout.Infinite, context.Cancellation);
            return TestVerb.Done;
        });

        var run = await ToolRun.Of(host => host, [verb], ["test"], interruption);

        Assert.Equal((exitCode, string.Empty, "Cancelled.\n"), (run.ExitCode, run.Output, run.Error));
    }

    [Fact]
    public async Task A_run_that_is_out_of_time_says_so()
    {
        using var interruption = new Interruption();
        interruption.EndAfter(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        var verb = new TestVerb(async context =>
        {
            await Task.Delay(Timeout.Infinite, context.Cancellation);
            return TestVerb.Done;
        });

        var run = await ToolRun.Of(host => host, [verb], ["test"], interruption);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("MSLIM0003", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Common_options_reach_every_verb()
    {
        RunSettings? settings = null;
        await Run(
            context =>
            {
                settings = context.Settings;
                return TestVerb.Done;
            },
            "--json", "-v", "m", "--cache-dir", "/c", "--offline", "--threads", "3", "--seed", "7");

        Assert.Equal(
            new RunSettings
            {
                Json = true,
                Verbosity = Verbosity.Minimal,
                CacheDirectory = "/c",
                Offline = true,
                Threads = 3,
                Seed = 7,
            },
            settings);
    }

    [Fact]
    public async Task Common_options_may_stand_before_the_verb()
    {
        var verb = TestVerb.That(_ => TestVerb.Done);

        var run = await ToolRun.Of(host => host, [verb], ["--json", "test"]);

        Assert.Equal("{\n  \"done\": true\n}\n", run.Output);
    }

    [Theory]
    [InlineData("q")]
    [InlineData("quiet")]
    [InlineData("m")]
    [InlineData("n")]
    [InlineData("d")]
    [InlineData("diag")]
    public async Task What_was_asked_for_is_shown_at_every_level(string level) =>
        Assert.Equal((0, "done\n"), await Outcome(Run(_ => TestVerb.Done, "-v", level)));

    private static async Task<(int ExitCode, string Output)> Outcome(Task<ToolRun> run) => ((await run).ExitCode, (await run).Output);

    private static Task<ToolRun> Run(Func<VerbContext, Result<VerbOutput>> verb, params string[] options) =>
        ToolRun.Of(host => host, [TestVerb.That(verb)], ["test", .. options]);
}
