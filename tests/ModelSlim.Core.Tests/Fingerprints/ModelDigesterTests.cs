using Google.Protobuf;
using ModelSlim.Core.Fingerprints;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Tests.Onnx;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Fingerprints;

public sealed class ModelDigesterTests
{
    [Fact]
    public void External_data_counts_as_the_model_does()
    {
        using var folder = new TemporaryFolder();
        var model = Messages.Small();
        model.Graph.Initializer[0] = Messages.External("c", 2, "w.bin");
        var path = folder.Write("model.onnx", model.ToByteArray());

        folder.Write("w.bin", new byte[8]);
        var before = Digest(path);
        folder.Write("w.bin", [1, 0, 0, 0, 0, 0, 0, 0]);
        var after = Digest(path);

        Assert.Equal(["model", "data/w.bin"], before.Parts.Select(part => part.Name));
        Assert.Equal(before.Parts[0], after.Parts[0]);
        Assert.NotEqual(before.Parts[1], after.Parts[1]);
        Assert.Equal(ContentDigest.Of(File.ReadAllBytes(path)), before.Parts[0].Digest);
    }

    [Fact]
    public void The_name_of_the_model_does_not_count()
    {
        using var folder = new TemporaryFolder();
        var bytes = Messages.Small().ToByteArray();

        Assert.Equal(Digest(folder.Write("a/model.onnx", bytes)).Parts, Digest(folder.Write("b/other.onnx", bytes)).Parts);
    }

    private static ContentManifest Digest(string path) => new ModelDigester(new FileDigester())
        .Digest(path, new OnnxReader().Read(path).Value!.ExternalFiles, TestContext.Current.CancellationToken).Value!;
}
