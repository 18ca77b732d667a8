using System.Text;
using ModelSlim.Core.Caching;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Fingerprints;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Caching;

/// <summary>A store in a temporary folder, and ways to look into and to damage it.</summary>
internal sealed class StoreCase : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public StoreCase() => Store = Open();

    public ArtifactStore Store { get; }

    public string Root => folder.File("store");

    public static Fingerprint Key(string name) => new FingerprintBuilder().Add("name", name).Build();

    public static NewOutput Output(string content, string name = "model.onnx") =>
        NewOutput.From(name, Encoding.UTF8.GetBytes(content));

    public ArtifactStore Open(TimeProvider? time = null)
    {
        var result = ArtifactStore.Open(Root, time);
        Assert.Empty(result.Diagnostics);
        return result.Value!;
    }

    public StoredArtifact Put(string name, params string[] contents)
    {
        var outputs = contents.Select((content, i) => Output(content, $"{i}")).ToList();
        var answer = Store.Put(Key(name), outputs, TestContext.Current.CancellationToken);
        Assert.Empty(answer.Diagnostics);
        return answer.Artifact!;
    }

    public StoreAnswer Get(string name) => Store.TryGet(Key(name), TestContext.Current.CancellationToken);

    /// <summary>The file of a content.</summary>
    public string Content(string content) => new StoreLayout(Root).Content(ContentDigest.Of(Encoding.UTF8.GetBytes(content)).Sha256);

    /// <summary>The file of a record.</summary>
    public string Record(string name) => new StoreLayout(Root).Record(Key(name).Key);

    /// <summary>Where to deliver to.</summary>
    public string Target(string name = "out/model.onnx") => folder.File(name);

    /// <summary>Names of the files in a part of the store.</summary>
    public string[] Files(string part)
    {
        var path = Path.Combine(Root, "v1", part);
        return Directory.Exists(path) ? Directory.GetFiles(path, "*", SearchOption.AllDirectories) : [];
    }

    /// <summary>Expects a miss with one warning, and that a result made anew is stored and found.</summary>
    public void AssertHeals(string name, string content)
    {
        var answer = Get(name);
        Assert.Null(answer.Artifact);
        var warning = Assert.Single(answer.Diagnostics);
        Assert.Equal(("MSLIM3013", Severity.Warning), (warning.Code, warning.Severity));
        Assert.Empty(Get(name).Diagnostics);

        Put(name, content);
        Assert.Equal(Encoding.UTF8.GetBytes(content), Get(name).Artifact!.Read("0", TestContext.Current.CancellationToken));
    }

    public void Dispose() => folder.Dispose();
}
