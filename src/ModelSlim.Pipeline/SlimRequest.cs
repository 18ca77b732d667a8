using ModelSlim.Core.Caching;
using ModelSlim.Core.Recipes;
using ModelSlim.Training.Checkpoints;
using ModelSlim.Training.Worker;

namespace ModelSlim.Pipeline;

/// <summary>What to slim, and how.</summary>
public sealed record SlimRequest
{
    /// <summary>Path of the model.</summary>
    public required string ModelPath { get; init; }

    /// <summary>The resolved recipe.</summary>
    public required Recipe Recipe { get; init; }

    /// <summary>Path the slim model is written to.</summary>
    public required string OutputPath { get; init; }

    /// <summary>Path the report (JSON) is written to; null means nowhere.</summary>
    public string? ReportPath { get; init; }

    /// <summary>Path of a plan to carry out instead of making one; null means make one.</summary>
    public string? PlanPath { get; init; }

    /// <summary>Folder of the store; null means no store.</summary>
    public string? CacheDirectory { get; init; }

    /// <summary>Bytes that the store may have; what was used longest ago goes where it has more. Null means any number.</summary>
    public long? MaxStoreSize { get; init; }

    /// <summary>Where training keeps how far it is; null means a place in the store, as long as the result is being made.</summary>
    public CheckpointPlace? Checkpoints { get; init; }

    /// <summary>How the store is used.</summary>
    public CachePolicy CachePolicy { get; init; } = CachePolicy.ReadWrite;

    /// <summary>Behind the store, what a team shares; null means nothing.</summary>
    public RemoteCache? Remote { get; init; }

    /// <summary>Path of a lock file; null means none.</summary>
    public string? LockPath { get; init; }

    /// <summary>True where only the result that the lock file names is accepted; false where the result is written into it.</summary>
    public bool Locked { get; init; }

    /// <summary>True where nothing may be fetched.</summary>
    public bool Offline { get; init; }

    /// <summary>Folder of libtorch's native libraries; null means look for them.</summary>
    public string? LibTorchDirectory { get; init; }

    /// <summary>Where a worker may get libtorch from.</summary>
    internal TorchSource Torch => TorchSource.Of(ModelPath, LibTorchDirectory, Offline);

    /// <summary>Threads for the work that gives the same bytes on any number of them; null means all cores.</summary>
    public int? Threads { get; init; }
}
