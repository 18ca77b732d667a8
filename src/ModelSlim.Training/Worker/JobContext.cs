using System.Text.Json;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes;
using ModelSlim.Training.Checkpoints;
using ModelSlim.Training.Runtime;

namespace ModelSlim.Training.Worker;

/// <summary>What a job works with.</summary>
/// <param name="Folder">The job's folder: models in, models out.</param>
/// <param name="Input">What the host asks.</param>
/// <param name="Torch">libtorch, loaded.</param>
/// <param name="Numerics">How it computes.</param>
/// <param name="Progress">Where progress goes.</param>
internal sealed record JobContext(
    string Folder, JsonElement Input, TorchRuntime Torch, NumericsReading Numerics, IProgress<StageProgress> Progress)
{
    /// <summary>The checkpoints of a job that trains: student and teacher lie in the folder, under the names of <see cref="FineTuneJob"/>.</summary>
    /// <param name="place">Where they are; null where there are none.</param>
    /// <param name="train">Training data.</param>
    /// <param name="settings">How it trains, without the places of files.</param>
    public CheckpointFolder? Open(CheckpointPlace? place, DataSource train, params ReadOnlySpan<object> settings)
    {
        if (place is null)
        {
            return null;
        }

        var models = new[] { FineTuneJob.StudentFile, FineTuneJob.TeacherFile }.SelectMany(name => Directory.GetFiles(Folder, name + "*"));
        return new CheckpointFolder(place, JobDigest.Of(models, [Numerics, .. settings]), TimeProvider.System, train.Paths);
    }
}
