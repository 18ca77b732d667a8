using ModelSlim.Core.Recipes;
using ModelSlim.Testing;

namespace ModelSlim.Fuzzing.Targets;

/// <summary>Archives of NumPy files.</summary>
public sealed class NpzTarget : SamplesTarget
{
    private static readonly (string Name, byte[] Npy)[] Arrays =
    [
        ("x", DataFiles.Npy("<f4", "2, 3", DataFiles.Bytes(1f, 2f, 3f, 4f, 5f, 6f))), ("labels", DataFiles.Npy("<i8", "2,", DataFiles.Bytes(0L, 1L))),
    ];

    /// <inheritdoc/>
    public override string Name => "npz";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Seeds { get; } = [DataFiles.Npz(false, Arrays), DataFiles.Npz(true, Arrays)];

    /// <inheritdoc/>
    protected override bool ReadFile(string path) => Opens(new DataSource(DataKind.Npz, [path], null, null), Numbers);
}
