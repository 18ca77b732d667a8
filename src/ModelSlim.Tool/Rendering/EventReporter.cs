using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Tool.Verbs;

namespace ModelSlim.Tool.Rendering;

/// <summary>Tells a build: flat JSON objects, one a line, on standard output (ModelSlim.Build/PROTOCOL.md).</summary>
/// <param name="output">Standard output.</param>
internal sealed class EventReporter(TextWriter output) : IReporter
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lock gate = new();

    /// <inheritdoc/>
    public Task<T> DuringAsync<T>(Func<Task<T>> work) => work();

    /// <inheritdoc/>
    public void Report(StageProgress value)
    {
        var json = new JsonObject
        {
            ["stage"] = value.Stage,
            ["done"] = value.Done,
            ["total"] = value.Total,
            ["detail"] = value.Detail,
        };
        if (value.Remaining is { } remaining)
        {
            json["remainingSeconds"] = Math.Round(remaining.TotalSeconds, 1);
        }

        Write("progress", json);
    }

    /// <inheritdoc/>
    public void Input(string path) => Write("input", new JsonObject { ["path"] = path });

    /// <inheritdoc/>
    public void Describe(ModelSignature signature)
    {
        foreach (var value in signature.Inputs)
        {
            Write("value", ValueJson.Of("input", value));
        }

        foreach (var value in signature.Outputs)
        {
            Write("value", ValueJson.Of("output", value));
        }
    }

    /// <inheritdoc/>
    public void Say(Diagnostic diagnostic) => Write("diagnostic", DiagnosticJson.Of(diagnostic));

    /// <inheritdoc/>
    public void Finish(VerbOutput? output)
    {
        if (output?.Event is { } end)
        {
            Write("result", (JsonObject)end.DeepClone());
        }
    }

    private void Write(string name, JsonObject fields)
    {
        fields.Insert(0, "event", name);
        lock (gate)
        {
            output.WriteLine(fields.ToJsonString(Compact));
        }
    }
}
