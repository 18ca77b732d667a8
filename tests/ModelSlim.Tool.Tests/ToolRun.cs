using System.Text.Json.Nodes;
using ModelSlim.Core.Onnx;
using ModelSlim.Testing;
using ModelSlim.Tool.Verbs;

namespace ModelSlim.Tool.Tests;

/// <summary>One run of the command, in this process.</summary>
/// <param name="ExitCode">What it exited with.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record ToolRun(int ExitCode, string Output, string Error)
{
    /// <summary>Standard output as one JSON document.</summary>
    public JsonObject Json => JsonNode.Parse(Output)!.AsObject();

    /// <summary>Standard output as events.</summary>
    public IReadOnlyList<JsonObject> Events =>
        [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];

    /// <summary>Runs a command line.</summary>
    public static Task<ToolRun> Of(params string[] arguments) => Of(host => host, VerbCatalog.All, arguments);

    /// <summary>Runs a command line in a world of its own.</summary>
    public static async Task<ToolRun> Of(
        Func<ToolHost, ToolHost> change, IEnumerable<Verb> verbs, string[] arguments, Interruption? interruption = null)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var host = change(new ToolHost
        {
            Output = output,
            Error = error,
        });
        using var own = new Interruption();
        var exitCode = await new Application(host, [.. verbs]).RunAsync(arguments, interruption ?? own);
        return new ToolRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Writes a small model.</summary>
    public static string WriteModel(TemporaryFolder folder, string name = "net.onnx", string kind = "chain") =>
        folder.Write(name, new OnnxWriter().Write(SmallNets.Make(kind)));
}
