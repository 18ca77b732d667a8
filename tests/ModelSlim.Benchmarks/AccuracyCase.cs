namespace ModelSlim.Benchmarks;

/// <summary>What one row of the table is measured for.</summary>
/// <param name="Model">Path of the ONNX file.</param>
/// <param name="Method">What prunes, as recipes say it.</param>
/// <param name="Removed">Share of the MACs that goes, in percent; 0 fine-tunes the original as it is.</param>
/// <param name="Epochs">Epochs of fine-tuning.</param>
internal sealed record AccuracyCase(string Model, string Method, int Removed, int Epochs)
{
    /// <summary>True where training decides what goes: one epoch of it comes before the cut.</summary>
    public bool Sparsifies => Method is "slimming" or "soft";

    /// <summary>Name of the net: its file's, without the extension.</summary>
    public string Net => Path.GetFileNameWithoutExtension(Model);
}
