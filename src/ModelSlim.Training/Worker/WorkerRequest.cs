using System.Text.Json;
using ModelSlim.Training.Runtime;

namespace ModelSlim.Training.Worker;

/// <summary>What the host asks of the worker: <c>request.json</c> in the job's folder.</summary>
/// <param name="Job">Name of the job.</param>
/// <param name="Host">Process that waits for the answer.</param>
/// <param name="Numerics">Name of the numerics class.</param>
/// <param name="Threads">Threads of torch.</param>
/// <param name="LibTorch">Where libtorch is.</param>
/// <param name="Input">What the job wants to know.</param>
internal sealed record WorkerRequest(string Job, int Host, string Numerics, int Threads, LibTorchDirectory LibTorch, JsonElement Input)
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "request.json";
}
