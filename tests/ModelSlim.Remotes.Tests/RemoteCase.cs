using System.Text;
using ModelSlim.Core.Caching;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Fingerprints;
using ModelSlim.Testing;

namespace ModelSlim.Remotes.Tests;

/// <summary>Two machines that share one remote store, each with a store of its own.</summary>
internal sealed class RemoteCase : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<IDisposable> opened = [];

    public RemoteCase()
    {
        Here = Open("here");
        There = Open("there");
    }

    /// <summary>Times that a test can wait for.</summary>
    public static RemoteTimes Short { get; } = new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(1));

    public ArtifactStore Here { get; }

    public ArtifactStore There { get; }

    public List<Diagnostic> Said { get; } = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Fingerprint Key(string name = "a") => new FingerprintBuilder().Add("name", name).Build();

    /// <summary>A new run that uses the remote store.</summary>
    public RemoteCache Run(string address, string mode = "readwrite", Func<string, string?>? environment = null, RemoteTimes? times = null)
    {
        var cache = new RemoteCaches(environment ?? (_ => null)) { Times = times ?? Short }.Open(address, mode)!;
        Assert.True(cache.Succeeded, string.Join('\n', cache.Diagnostics));
        opened.Add(cache.Value);
        return cache.Value;
    }

    public StoredArtifact Make(ArtifactStore store, string content = "model", string name = "a") =>
        Make(store, Encoding.UTF8.GetBytes(content), name);

    public StoredArtifact Make(ArtifactStore store, byte[] content, string name = "a")
    {
        var made = store.Put(Key(name), [NewOutput.From("model.onnx", content), NewOutput.From("report.json", "{}"u8.ToArray())], Token).Artifact!;
        opened.Add(made);
        return made;
    }

    /// <summary>Copies to the remote store what was made.</summary>
    public async Task<bool> Upload(RemoteCache run, StoredArtifact made, ArtifactStore store)
    {
        var answer = await run.UploadAsync(store, made, replace: false, null, Token);
        Said.AddRange(answer.Diagnostics);
        return answer.Succeeded;
    }

    /// <summary>Copies from the remote store to the one that is here, where nothing broken may arrive.</summary>
    /// <returns>The model; null where there is none.</returns>
    public async Task<byte[]?> Fetch(RemoteCache run, string name = "a")
    {
        var answer = await run.FetchAsync(Here, Key(name).Key, _ => null, isNamed: false, replace: false, null, Token);
        Said.AddRange(answer.Diagnostics);
        Assert.Empty(Here.Verify(null, Token).Damaged);
        Assert.Empty(Directory.GetFiles(Path.Combine(Here.Root, "v1", "tmp")));
        using var found = Here.TryGet(Key(name), Token).Artifact;
        Assert.Equal(answer.Succeeded, found is not null);
        return found?.Read("model.onnx", Token);
    }

    public void Dispose()
    {
        opened.ForEach(one => one.Dispose());
        folder.Dispose();
    }

    private ArtifactStore Open(string name)
    {
        var store = ArtifactStore.Open(folder.File(name));
        Assert.Empty(store.Diagnostics);
        return store.Value!;
    }
}
