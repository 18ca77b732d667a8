namespace ModelSlim.Training.Worker;

/// <summary>Where a worker may get libtorch from.</summary>
/// <param name="Directory">Folder of libtorch that the user named; null where it is looked for.</param>
/// <param name="ModelFolder">Folder of the model, whose nuget.config counts when libtorch is fetched.</param>
/// <param name="Offline">True to fetch nothing.</param>
public sealed record TorchSource(string? Directory = null, string? ModelFolder = null, bool Offline = false)
{
    /// <summary>What is found for a model file.</summary>
    /// <param name="model">Path of the model.</param>
    /// <param name="directory">Folder of libtorch that the user named; null where it is looked for.</param>
    /// <param name="offline">True to fetch nothing.</param>
    public static TorchSource Of(string model, string? directory = null, bool offline = false) =>
        new(directory, Path.GetDirectoryName(Path.GetFullPath(model)), offline);
}
