using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Tool.Options;
using ModelSlim.Tool.Verbs;
using Spectre.Console;

namespace ModelSlim.Tool.Rendering;

/// <summary>Tells a person or a script: what was asked for on standard output, everything else on standard error.</summary>
/// <param name="host">The streams.</param>
/// <param name="settings">How much, and in which form.</param>
internal sealed class TerminalReporter(ToolHost host, RunSettings settings) : IReporter
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly List<Diagnostic> said = [];
    private IProgress<StageProgress>? progress;

    /// <inheritdoc/>
    public async Task<T> DuringAsync<T>(Func<Task<T>> work)
    {
        if (settings.Verbosity < Verbosity.Normal)
        {
            return await work().ConfigureAwait(false);
        }

        if (host.IsErrorTerminal && !host.IsBuildServer)
        {
            var live = new LiveProgress(Terminal.Over(host.Error, true, host.NoColor));
            progress = live;
            return await live.DuringAsync(work).ConfigureAwait(false);
        }

        progress = new ProgressLines(host.Error, host.Time, settings.Verbosity >= Verbosity.Detailed);
        return await work().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Report(StageProgress value) => progress?.Report(value);

    /// <inheritdoc/>
    public void Input(string path)
    {
        if (settings.Verbosity >= Verbosity.Diagnostic)
        {
            host.Error.WriteLine($"input {DisplayText.OneLine(path)}");
        }
    }

    /// <inheritdoc/>
    public void Describe(ModelSignature signature)
    {
    }

    /// <inheritdoc/>
    public void Say(Diagnostic diagnostic)
    {
        said.Add(diagnostic);
        if (diagnostic.Severity == Severity.Note && settings.Verbosity < Verbosity.Detailed)
        {
            return;
        }

        var text = diagnostic.ToString();
        var color = !host.IsErrorTerminal || host.NoColor ? null : diagnostic.Severity switch
        {
            Severity.Error => "\u001b[31m",
            Severity.Warning => "\u001b[33m",
            _ => null,
        };
        host.Error.WriteLine(color is null ? text : $"{color}{text}\u001b[0m");
    }

    /// <inheritdoc/>
    public void Finish(VerbOutput? output)
    {
        if (settings.Json)
        {
            var document = output?.Document() ?? [];
            if (said.Count > 0)
            {
                document["diagnostics"] = new JsonArray([.. said.Select(DiagnosticJson.Of)]);
            }

            host.Output.Write(document.ToJsonString(Indented) + "\n");
            return;
        }

        if (output is null)
        {
            return;
        }

        if (output.Summary is null || settings.Verbosity >= Verbosity.Normal)
        {
            host.Output.Write(output.Text);
            var console = Terminal.Over(host.Output, host.IsOutputTerminal, host.NoColor);
            foreach (var part in output.View)
            {
                console.Write(part);
            }
        }

        if (output.Summary is { } summary && settings.Verbosity >= Verbosity.Minimal)
        {
            host.Output.WriteLine(summary);
        }
    }
}
