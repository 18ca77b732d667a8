using System.Text.Json;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Training.Runtime;

namespace ModelSlim.Training.Worker;

/// <summary>What a job works with.</summary>
/// <param name="Folder">The job's folder: models in, models out.</param>
/// <param name="Input">What the host asks.</param>
/// <param name="Torch">libtorch, loaded.</param>
/// <param name="Numerics">How it computes.</param>
/// <param name="Progress">Where progress goes.</param>
internal sealed record JobContext(
    string Folder, JsonElement Input, TorchRuntime Torch, NumericsReading Numerics, IProgress<StageProgress> Progress);
