using ModelSlim.Testing;

namespace ModelSlim.Fuzzing.Targets;

/// <summary>A parser that opens files by their paths.</summary>
public abstract class FileTarget : FuzzTarget
{
    /// <summary>Where the files are.</summary>
    protected TemporaryFolder Folder { get; } = new();

    /// <inheritdoc/>
    public override bool Read(byte[] file) => ReadFile(Folder.Write(FileName, file));

    /// <summary>Name of the file.</summary>
    protected virtual string FileName => "file";

    /// <summary>Reads the file.</summary>
    protected abstract bool ReadFile(string path);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => Folder.Dispose();
}
