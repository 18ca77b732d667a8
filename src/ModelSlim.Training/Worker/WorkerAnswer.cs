using System.Text.Json;

namespace ModelSlim.Training.Worker;

/// <summary>What a worker answered.</summary>
/// <param name="Value">The answer of the job.</param>
internal sealed record WorkerAnswer(JsonElement Value);
