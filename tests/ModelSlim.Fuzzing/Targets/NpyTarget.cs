using ModelSlim.Core.Recipes;
using ModelSlim.Testing;

namespace ModelSlim.Fuzzing.Targets;

/// <summary>NumPy files, as samples and as labels.</summary>
public sealed class NpyTarget : SamplesTarget
{
    private static readonly byte[] Samples = DataFiles.Npy("<f4", "2, 4, 4", DataFiles.Bytes([.. Enumerable.Range(0, 32).Select(i => (float)i)]));
    private static readonly byte[] Labels = DataFiles.Npy("<i8", "2,", DataFiles.Bytes(0L, 1L), version: 2);

    /// <summary>Puts the files there that go with those that are damaged.</summary>
    public NpyTarget()
    {
        Folder.Write("samples", Samples);
        Folder.Write("labels", Labels);
    }

    /// <inheritdoc/>
    public override string Name => "npy";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        Samples, Labels, DataFiles.Npy(">u2", "2, 4, 4", new byte[64], version: 3), DataFiles.Npy("|u1", "2, 4, 4", new byte[32], fortran: true), Packed(Samples),
    ];

    /// <inheritdoc/>
    protected override bool ReadFile(string path)
    {
        var (samples, labels) = (Folder.File("samples"), Folder.File("labels"));
        return Opens(new DataSource(DataKind.Npy, [path, labels], null, null), Pictures)
            | Opens(new DataSource(DataKind.Npy, [samples, path], null, null), Pictures);
    }
}
