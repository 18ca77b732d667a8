using System.CommandLine;
using System.Text.Json.Nodes;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Tool.Verbs;

namespace ModelSlim.Tool.Tests;

/// <summary>A verb that does what a test wants.</summary>
internal sealed class TestVerb(Func<VerbContext, Task<Result<VerbOutput>>> run) : Verb("test", "A test")
{
    public static VerbOutput Done { get; } = new() { Document = () => new JsonObject { ["done"] = true }, Text = "done\n" };

    public static TestVerb That(Func<VerbContext, Result<VerbOutput>> run) => new(context => Task.FromResult(run(context)));

    public override Task<Result<VerbOutput>> RunAsync(ParseResult line, VerbContext context) => run(context);
}
