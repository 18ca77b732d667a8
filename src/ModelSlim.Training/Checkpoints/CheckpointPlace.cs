namespace ModelSlim.Training.Checkpoints;

/// <summary>Where a training keeps how far it is, so that another process can go on with it.</summary>
/// <param name="Folder">Folder of this user alone.</param>
/// <param name="Pause">Time between two checkpoints, and so the work that a killed training loses at the most.</param>
public sealed record CheckpointPlace(string Folder, TimeSpan Pause)
{
    /// <summary>The usual time between two.</summary>
    public static readonly TimeSpan UsualPause = TimeSpan.FromSeconds(20);
}
