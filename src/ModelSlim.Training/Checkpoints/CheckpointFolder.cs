using System.Collections.Immutable;
using System.Security.Cryptography;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Files;

namespace ModelSlim.Training.Checkpoints;

/// <summary>
/// The checkpoints of one job: the latest two, in turn, each written aside and moved into place, so that a process may be killed at
/// any moment; what they have in common is in attachments, which are named by their content. Whatever is not as it was written
/// counts as absent.
/// </summary>
internal sealed class CheckpointFolder : IDisposable
{
    // Keeps a training from writing more than a twentieth of its time.
    private const int LeastRatio = 20;

    private readonly CheckpointPlace place;
    private readonly string job;
    private readonly TimeProvider time;
    private readonly string[] slots;
    private readonly Checkpoint?[] found;
    private readonly ImmutableArray<string> data;
    private readonly string stamp;
    private long saved;
    private TimeSpan pause;
    private int next;

    /// <summary>Looks for a checkpoint.</summary>
    /// <param name="place">Where they are.</param>
    /// <param name="job">Digest of the job, in hexadecimal.</param>
    /// <param name="time">The clock.</param>
    /// <param name="data">
    /// Files and folders of the data. Once one of them was written, there are no more checkpoints: the key of the folder says what the
    /// data was, and whoever goes on could not tell that other data had a part in it.
    /// </param>
    public CheckpointFolder(CheckpointPlace place, string job, TimeProvider time, params ImmutableArray<string> data)
    {
        this.data = data;
        stamp = DataStamp.Of(data);
        this.place = place;
        this.job = job;
        this.time = time;
        saved = time.GetTimestamp();
        pause = place.Pause;
        slots = [Of($"{job[..16]}.0"), Of($"{job[..16]}.1")];
        found = [.. slots.Select(slot => Checkpoint.Open(slot, job))];
        Latest = found.OfType<Checkpoint>().Where(one => one.Attachments.All(IsWhole)).MaxBy(one => one.Done);
        next = Latest is not null && Latest == found[0] ? 1 : 0;
    }

    /// <summary>Where to go on; null where there is nothing to go on from.</summary>
    public Checkpoint? Latest { get; }

    /// <summary>True where it is time for the next.</summary>
    public bool IsDue => Trouble is null && time.GetElapsedTime(saved) >= pause;

    /// <summary>Why no more checkpoints are written; null where they are.</summary>
    public Diagnostic? Trouble { get; private set; }

    /// <summary>Writes a checkpoint. Where that fails, the training goes on without.</summary>
    /// <param name="done">Steps that were taken.</param>
    /// <param name="total">Steps in all.</param>
    /// <param name="attachments">What <see cref="Attach"/> said.</param>
    /// <param name="write">Writes the state.</param>
    public void Save(int done, int total, ImmutableArray<string> attachments, Action<StateWriter> write)
    {
        var start = time.GetTimestamp();
        var checkpoint = new Checkpoint(done, total, attachments);
        Try(() =>
        {
            if (DataStamp.Of(data) != stamp)
            {
                Array.ForEach(slots, File.Delete);
                throw new IOException("the data was written meanwhile");
            }

            AtomicFile.Write(slots[next], stream => checkpoint.Write(stream, job, write));
        });
        next = 1 - next;
        saved = time.GetTimestamp();
        pause = TimeSpan.FromTicks(Math.Max(place.Pause.Ticks, LeastRatio * time.GetElapsedTime(start, saved).Ticks));
    }

    /// <summary>Writes something that checkpoints have in common.</summary>
    /// <returns>Its digest.</returns>
    public string Attach(byte[] content)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(content));
        Try(() => AtomicFile.Write(Of(digest), stream => stream.Write(content)));
        return digest;
    }

    /// <summary>Reads it.</summary>
    public byte[] Attached(string digest) => File.ReadAllBytes(Of(digest));

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(found, one => one?.Dispose());

    private string Of(string name) => Path.Combine(place.Folder, name);

    private bool IsWhole(string digest)
    {
        try
        {
            return Convert.ToHexStringLower(SHA256.HashData(Attached(digest))) == digest;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private void Try(Action write)
    {
        if (Trouble is not null)
        {
            return;
        }

        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Trouble = DiagnosticCodes.CheckpointNotWritten.Says(
                $"how far training is cannot be written to '{place.Folder}' ({e.Message.TrimEnd('.')}); were it killed, it would start anew");
        }
    }
}
