using ModelSlim.Core.Recipes;

namespace ModelSlim.Fuzzing.Targets;

/// <summary>IDX files, as samples and as labels.</summary>
public sealed class IdxTarget : SamplesTarget
{
    private static readonly byte[] Samples = [0, 0, 8, 3, 0, 0, 0, 4, 0, 0, 0, 4, 0, 0, 0, 4, .. Enumerable.Range(0, 64).Select(i => (byte)i)];
    private static readonly byte[] Labels = [0, 0, 8, 1, 0, 0, 0, 4, 0, 1, 2, 3];

    /// <summary>Puts the files there that go with those that are damaged.</summary>
    public IdxTarget()
    {
        Folder.Write("samples", Samples);
        Folder.Write("labels", Labels);
    }

    /// <inheritdoc/>
    public override string Name => "idx";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Seeds { get; } = [Samples, Labels, Packed(Samples), Packed(Labels)];

    /// <inheritdoc/>
    protected override bool ReadFile(string path)
    {
        var (samples, labels) = (Folder.File("samples"), Folder.File("labels"));
        return Opens(new DataSource(DataKind.Idx, [path, labels], null, null), Pictures)
            | Opens(new DataSource(DataKind.Idx, [samples, path], null, null), Pictures);
    }
}
