using System.Security.Cryptography;
using ModelSlim.Training.Checkpoints;

namespace ModelSlim.Fuzzing.Targets;

/// <summary>Checkpoints of a training, and the state in them.</summary>
public sealed class CheckpointTarget : FileTarget
{
    private static readonly string Job = new('a', 64);

    /// <inheritdoc/>
    public override string Name => "checkpoint";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Seeds { get; } = [Written([]), Written([new string('b', 64)])];

    /// <inheritdoc/>
    public override byte[] Seal(byte[] file)
    {
        var body = file.AsSpan(0, Math.Max(0, file.Length - SHA256.HashSizeInBytes));
        return [.. body, .. SHA256.HashData(body)];
    }

    /// <inheritdoc/>
    protected override bool ReadFile(string path)
    {
        using var checkpoint = Checkpoint.Open(path, Job);
        if (checkpoint is null)
        {
            return false;
        }

        try
        {
            checkpoint.Read(state =>
            {
                state.Read<string>();
                state.ReadSingles();
                state.Read<int[]>();
            });
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static byte[] Written(string[] attachments)
    {
        using var stream = new MemoryStream();
        new Checkpoint(3, 10, [.. attachments]).Write(stream, Job, state =>
        {
            state.Write("state");
            state.WriteSingles([1, 2, 3]);
            state.Write<int[]>([4, 5]);
        });
        return stream.ToArray();
    }
}
