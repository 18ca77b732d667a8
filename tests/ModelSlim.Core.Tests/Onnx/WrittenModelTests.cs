using ModelSlim.Core.Fingerprints;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Onnx.Protobuf;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Onnx;

public sealed class WrittenModelTests
{
    private const long Nothing = 0;

    [Fact]
    public void A_model_below_the_limit_is_one_file()
    {
        using var folder = new TemporaryFolder();
        var model = SmallNets.Vgg();

        new OnnxWriter().Save(model, folder.File("m.onnx"));

        Assert.Equal([folder.File("m.onnx")], Directory.GetFiles(folder.FullName));
        Assert.Equal(new FileInfo(folder.File("m.onnx")).Length, new OnnxWriter().Size(model));
    }

    [Fact]
    public void A_model_above_the_limit_is_a_file_and_its_data()
    {
        using var folder = new TemporaryFolder();
        var (model, writer) = (SmallNets.Vgg(), new OnnxWriter(Nothing));

        writer.Save(model, folder.File("model.onnx"));

        string[] files = [folder.File("model.onnx"), folder.File("model.onnx.data")];
        Assert.Equal(files, Directory.GetFiles(folder.FullName).Order(StringComparer.Ordinal));
        Assert.Equal(files.Sum(file => new FileInfo(file).Length), writer.Size(model));
        var read = new OnnxReader().Read(files[0]).Value!;
        Assert.True(GraphComparison.Same(model.Graph, read.Graph));
        Assert.Equal(["model.onnx.data"], read.ExternalFiles);
    }

    [Fact]
    public void Data_starts_at_pages_and_small_tensors_stay_in_the_model()
    {
        using var folder = new TemporaryFolder();
        new OnnxWriter(Nothing).Save(SmallNets.Vgg(), folder.File("m.onnx"));

        var message = ModelProto.Parser.ParseFrom(File.ReadAllBytes(folder.File("m.onnx")));

        var beside = message.Graph.Initializer.Where(tensor => tensor.ExternalData.Count > 0).ToArray();
        Assert.NotEmpty(beside);
        Assert.All(beside, tensor => Assert.Equal(0, long.Parse(tensor.ExternalData.Single(entry => entry.Key == "offset").Value) % 4096));
        Assert.All(beside, tensor => Assert.True(long.Parse(tensor.ExternalData.Single(entry => entry.Key == "length").Value) >= 1024));
        Assert.All(message.Graph.Initializer.Except(beside), tensor => Assert.True(tensor.RawData.Length < 1024));
    }

    [Fact]
    public void A_model_goes_back_into_one_file_where_it_fits()
    {
        using var folder = new TemporaryFolder();
        var model = SmallNets.Vgg();
        new OnnxWriter(Nothing).Save(model, folder.File("m.onnx"));

        var whole = new OnnxWriter().Write(new OnnxReader().Read(folder.File("m.onnx")).Value!);

        Assert.True(GraphComparison.Same(model.Graph, new OnnxReader().Read(whole).Value!.Graph));
    }

    [Fact]
    public void Its_data_can_have_another_name()
    {
        using var folder = new TemporaryFolder();
        var model = SmallNets.Vgg();
        new OnnxWriter(Nothing).Save(model, folder.File("m.onnx"));
        File.Move(folder.File("m.onnx.data"), folder.File("other"));

        folder.Write("n.onnx", OnnxWriter.Referring(File.ReadAllBytes(folder.File("m.onnx")), "other"));

        Assert.True(GraphComparison.Same(model.Graph, new OnnxReader().Read(folder.File("n.onnx")).Value!.Graph));
    }

    [Fact]
    public void The_digest_is_of_all_that_is_written()
    {
        var (one, other) = (SmallNets.Vgg(), SmallNets.Vgg(seed: 2));

        Assert.Equal(ContentDigest.Of(new OnnxWriter().Write(one)).Sha256, new OnnxWriter().Digest(one));
        Assert.NotEqual(new OnnxWriter(Nothing).Digest(one), new OnnxWriter(Nothing).Digest(other));
        Assert.Equal(new OnnxWriter(Nothing).Digest(one), new OnnxWriter(Nothing).Digest(SmallNets.Vgg()));
    }
}
