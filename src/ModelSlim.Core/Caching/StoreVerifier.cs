using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Fingerprints;

namespace ModelSlim.Core.Caching;

/// <summary>Reads a whole store through. Contents come first, so that a record whose content is set aside goes with it.</summary>
/// <param name="layout">Where things are.</param>
/// <param name="blobs">The contents.</param>
internal sealed class StoreVerifier(StoreLayout layout, BlobStore blobs)
{
    private readonly List<DamagedEntry> damaged = [];
    private readonly HashSet<ContentDigest> sound = [];
    private readonly HashSet<ContentDigest> named = [];

    /// <summary>Looks at everything, once: a verifier is for one run.</summary>
    /// <param name="progress">Told how many files are done.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public StoreCheck Verify(IProgress<StageProgress>? progress, CancellationToken cancellationToken)
    {
        var contents = StoreLayout.Files(layout.Contents).Order(StringComparer.Ordinal).ToImmutableArray();
        for (var done = 0; done < contents.Length; done++)
        {
            progress?.Report(new StageProgress("verify", done, contents.Length));
            VerifyContent(contents[done], cancellationToken);
        }

        var records = StoreLayout.Files(layout.Records).Order(StringComparer.Ordinal).ToImmutableArray().Count(path =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return VerifyRecord(path, cancellationToken);
        });
        sound.ExceptWith(named);
        return new StoreCheck(records, named.Count, named.Sum(content => content.Size), [.. damaged])
        {
            Loose = sound.Count,
            LooseBytes = sound.Sum(content => content.Size),
        };
    }

    private void VerifyContent(string path, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(path);
        try
        {
            if (!StoreLayout.IsDigest(name) || layout.Content(name) != path)
            {
                SetAside(path, isRecord: false, "it is not named like a content");
                return;
            }

            var digest = new ContentDigest(name, new FileInfo(path).Length);
            switch (blobs.Check(digest, cancellationToken))
            {
                case BlobState.Good:
                    sound.Add(digest);
                    break;
                case BlobState.Damaged:
                    Add(path, isRecord: false, "its SHA-256 is not its name");
                    break;
            }
        }
        catch (Exception e) when (StoreLayout.IsGone(e))
        {
            // Removed meanwhile.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            SetAside(path, isRecord: false, $"it cannot be read ({e.Message.TrimEnd('.')})");
        }
    }

    private bool VerifyRecord(string path, CancellationToken cancellationToken)
    {
        var key = Path.GetFileName(path);
        try
        {
            // Open all the while, so that whoever removes leaves the contents alone.
            using var file = RecordStore.Open(path);
            if (file is null)
            {
                return false;
            }

            if (!StoreLayout.IsDigest(key) || RecordStore.Read(file, key) is not { } record)
            {
                SetAside(path, isRecord: true, "it is not a record of its key");
                return false;
            }

            // What is not known to be sound may have been put in meanwhile.
            if (record.Outputs.FirstOrDefault(output => !sound.Contains(output.Digest) && blobs.Check(output.Digest, cancellationToken) != BlobState.Good) is not { } lost)
            {
                named.UnionWith(record.Outputs.Select(output => output.Digest));
                return true;
            }

            SetAside(path, isRecord: true, $"its file '{lost.Name}' ({lost.Digest.Sha256[..12]}) is missing or damaged");
        }
        catch (Exception e) when (StoreLayout.IsGone(e))
        {
            // Removed meanwhile.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            SetAside(path, isRecord: true, $"it cannot be read ({e.Message.TrimEnd('.')})");
        }

        return false;
    }

    private void SetAside(string path, bool isRecord, string problem)
    {
        blobs.SetAside(path);
        Add(path, isRecord, problem);
    }

    private void Add(string path, bool isRecord, string problem) =>
        damaged.Add(new DamagedEntry(Path.GetFileName(path), isRecord, problem, !File.Exists(path)));
}
