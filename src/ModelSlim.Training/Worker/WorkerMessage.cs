using System.Text.Json;
using System.Text.Json.Serialization;
using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Training.Worker;

/// <summary>One line from the worker to its host: a JSON object with its kind.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Progress), "progress")]
[JsonDerivedType(typeof(Report), "diagnostic")]
[JsonDerivedType(typeof(Done), "done")]
internal abstract record WorkerMessage
{
    private WorkerMessage()
    {
    }

    /// <summary>How far the job is.</summary>
    public sealed record Progress(StageProgress Value) : WorkerMessage;

    /// <summary>Something to tell the user.</summary>
    public sealed record Report(string Code, string Text, SourceSpan? Location) : WorkerMessage;

    /// <summary>The last line.</summary>
    /// <param name="Answer">What the job found out; null where it failed, after a report that says why.</param>
    public sealed record Done(JsonElement? Answer) : WorkerMessage;
}
