using System.Diagnostics;
using System.Runtime.InteropServices;
using Google.Protobuf;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Onnx.Protobuf;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Onnx;

public sealed class ExternalDataInlinerTests
{
    private static readonly byte[] Weights = MemoryMarshal.AsBytes<float>([9, 8, 7, 6]).ToArray();

    public static TheoryData<string> Outside =>
    [
        "../w.bin", "a/../../w.bin", "..", "/etc/passwd", "", "/", "a//w.bin", "w\0.bin", "w.bin\n", "..\\w.bin", "a\\w.bin",
        "C:w.bin", "C:/w.bin", "\\\\?\\C:\\w.bin", "file:w.bin", "w.bin:stream", ".. /w.bin", "... /w.bin", "w.bin.",
    ];

    [Theory]
    [InlineData("w.bin", null, "16", new[] { 9f, 8, 7, 6 })]
    [InlineData("w.bin", null, null, new[] { 9f, 8, 7, 6 })]
    [InlineData("./w.bin", "4", "8", new[] { 8f, 7 })]
    [InlineData("sub/w.bin", "12", "4", new[] { 6f })]
    public void Data_beside_the_model_becomes_part_of_it(string location, string? offset, string? length, float[] expected)
    {
        using var folder = new TemporaryFolder();
        folder.Write("w.bin", Weights);
        folder.Write("sub/w.bin", Weights);

        var read = Read(folder, Messages.External("c", expected.Length, location, offset, length)).Value!;

        Assert.Equal(expected, read.Graph.Initializers["c"].ToSingles());
        Assert.Equal([location], read.ExternalFiles);
        var again = new OnnxReader().Read(new OnnxWriter().Write(read)).Value!;
        Assert.Equal(expected, again.Graph.Initializers["c"].ToSingles());
    }

    [Fact]
    public void Data_of_attributes_and_subgraphs_is_found_too()
    {
        using var folder = new TemporaryFolder();
        folder.Write("w.bin", Weights);
        var branch = new GraphProto();
        branch.Initializer.Add(Messages.External("inner", 4, "w.bin"));
        branch.Output.Add(Messages.Value("inner"));
        var model = Messages.Small();
        model.Graph.Node.Add(Messages.Node("If", ["x"], ["z"], new AttributeProto { Name = "then_branch", G = branch }));
        model.Graph.Node.Add(Messages.Node("Constant", [], ["k"], new AttributeProto
        {
            Name = "value",
            T = Messages.External("", 2, "w.bin", "8"),
        }));

        var read = new OnnxReader().Read(folder.Write("model.onnx", model.ToByteArray()));

        Assert.Empty(read.Diagnostics);
        Assert.Equal([7f, 6f], read.Value!.Graph.Nodes.Single(node => node.OpType == "Constant").GetTensor("value")!.ToSingles());
        Assert.DoesNotContain(
            MessageWalk.Tensors(read.Value.Source), item => item.Tensor.DataLocation == TensorProto.Types.DataLocation.External);
    }

    [Theory]
    [MemberData(nameof(Outside))]
    public void A_location_that_may_lead_out_of_the_folder_is_refused(string location)
    {
        using var folder = new TemporaryFolder();
        folder.Write("w.bin", Weights);
        folder.Write("model/w.bin", Weights);
        var model = Messages.Small();
        model.Graph.Initializer[0] = Messages.External("c", 4, location);

        var result = new OnnxReader().Read(folder.Write("model/model.onnx", model.ToByteArray()));

        Assert.Equal("MSLIM4008", Assert.Single(result.Diagnostics).Code);
    }

    [Fact]
    public void A_link_in_the_folder_is_not_followed()
    {
        using var folder = new TemporaryFolder();
        using var other = new TemporaryFolder();
        other.Write("w.bin", Weights);
        File.CreateSymbolicLink(folder.File("w.bin"), Path.Combine(other.FullName, "w.bin"));
        Directory.CreateSymbolicLink(folder.File("sub"), other.FullName);

        Assert.Equal("MSLIM4008", Assert.Single(Read(folder, Messages.External("c", 4, "w.bin")).Diagnostics).Code);
        Assert.Equal("MSLIM4008", Assert.Single(Read(folder, Messages.External("c", 4, "sub/w.bin")).Diagnostics).Code);
    }

    [Fact]
    public void A_file_with_another_name_elsewhere_is_not_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The test makes a hard link with ln.");
        using var folder = new TemporaryFolder();
        folder.Write("elsewhere/secret", Weights);
        var model = Messages.Small();
        model.Graph.Initializer[0] = Messages.External("c", 4, "w.bin");
        var path = folder.Write("model/net.onnx", model.ToByteArray());
        using (var link = Process.Start("ln", [folder.File("elsewhere", "secret"), folder.File("model", "w.bin")]))
        {
            link.WaitForExit();
        }

        var refused = Assert.Single(new OnnxReader().Read(path).Diagnostics);
        Assert.Equal("MSLIM4008", refused.Code);
        Assert.Contains("hard link", refused.Message, StringComparison.Ordinal);

        File.Delete(folder.File("elsewhere", "secret"));
        Assert.True(new OnnxReader().Read(path).Succeeded);
    }

    [Fact]
    public void Nothing_outside_of_the_message_is_left_to_a_runtime()
    {
        using var folder = new TemporaryFolder();
        folder.Write("w.bin", Weights);

        // ONNX Runtime's mark for an address in its own memory; here it is a name like any other.
        Assert.Equal("MSLIM4007", Assert.Single(Read(folder, Messages.External("c", 4, "*/_ORT_MEM_ADDR_/*", "0", "16")).Diagnostics).Code);

        // Keys that nobody knows decide nothing, and go.
        var tensor = Messages.External("c", 4, "w.bin");
        foreach (var (key, value) in new[] { ("basepath", "/etc"), ("checksum", "0"), ("prepacked_0", "x|0|99"), ("Location", "../x") })
        {
            tensor.ExternalData.Add(new StringStringEntryProto { Key = key, Value = value });
        }

        var read = Read(folder, tensor).Value!;
        Assert.Equal([9f, 8, 7, 6], read.Graph.Initializers["c"].ToSingles());
        var written = ModelProto.Parser.ParseFrom(new OnnxWriter().Write(read));
        Assert.All(MessageWalk.Tensors(written), item => Assert.Empty(item.Tensor.ExternalData));
    }

    [Fact]
    public void A_model_folder_behind_a_link_is_as_good_as_any()
    {
        using var folder = new TemporaryFolder();
        folder.Write("real/w.bin", Weights);
        var model = Messages.Small();
        model.Graph.Initializer[0] = Messages.External("c", 2, "w.bin");
        folder.Write("real/model.onnx", model.ToByteArray());
        Directory.CreateSymbolicLink(folder.File("link"), folder.File("real"));

        Assert.True(new OnnxReader().Read(folder.File("link", "model.onnx")).Succeeded);
    }

    [Theory]
    [InlineData("w.bin", "4", "16")]
    [InlineData("w.bin", "-4", "16")]
    [InlineData("w.bin", "1099511627776", "16")]
    [InlineData("w.bin", "9223372036854775807", "16")]
    [InlineData("w.bin", "0", "-1")]
    [InlineData("w.bin", "0", "12")]
    [InlineData("w.bin", "0", "4611686018427387904")]
    [InlineData("w.bin", "0x0", null)]
    [InlineData("w.bin", "", null)]
    public void A_range_that_the_file_does_not_have_is_refused(string location, string? offset, string? length)
    {
        using var folder = new TemporaryFolder();
        folder.Write("w.bin", Weights);

        var result = Read(folder, Messages.External("c", 4, location, offset, length));

        Assert.Equal("MSLIM4009", Assert.Single(result.Diagnostics).Code);
    }

    [Fact]
    public void An_impossible_shape_takes_no_memory()
    {
        using var folder = new TemporaryFolder();
        folder.Write("w.bin", Weights);
        var tensor = Messages.External("c", 4, "w.bin", "0", "4611686018427387904");
        tensor.Dims.AddRange([1 << 30, 1 << 30]);

        Assert.Equal("MSLIM4009", Assert.Single(Read(folder, tensor).Diagnostics).Code);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("folder"));

        var diagnostic = Assert.Single(Read(folder, Messages.External("c", 4, "weights.bin")).Diagnostics);

        Assert.Equal("MSLIM4007", diagnostic.Code);
        Assert.Contains("weights.bin", diagnostic.Message, StringComparison.Ordinal);
        Assert.Equal("MSLIM4007", Assert.Single(Read(folder, Messages.External("c", 4, "folder")).Diagnostics).Code);
        var inMemory = Messages.Small();
        inMemory.Graph.Initializer[0] = Messages.External("c", 4, "weights.bin");
        Assert.Equal("MSLIM4007", Assert.Single(new OnnxReader().Read(inMemory.ToByteArray()).Diagnostics).Code);
    }

    [Fact]
    public void One_range_used_again_and_again_is_read_once()
    {
        using var folder = new TemporaryFolder();
        folder.Write("w.bin", Weights);
        var inliner = new ExternalDataInliner(folder.FullName, null);
        var tensors = Enumerable.Range(0, 100).Select(i => Messages.External($"t{i}", 4, i % 2 == 0 ? "w.bin" : "./w.bin")).ToArray();

        Assert.All(tensors, tensor => Assert.Null(inliner.Inline("t", tensor)));

        Assert.All(tensors, tensor => Assert.True(tensor.RawData.Memory.Equals(tensors[0].RawData.Memory)));
    }

    [Fact]
    public void Ranges_that_overlap_take_no_more_memory_than_some_times_the_file()
    {
        using var folder = new TemporaryFolder();
        folder.Write("w.bin", Weights);
        var inliner = new ExternalDataInliner(folder.FullName, null);

        string? Inline(int count, int offset) =>
            inliner.Inline("t", Messages.External("t", count, "w.bin", $"{offset}", $"{count * 4}"))?.Code;

        // Every place where 3 and where 2 numbers begin: 60 and 72 bytes of a file of 16.
        Assert.All(Enumerable.Range(0, 5), offset => Assert.Null(Inline(3, offset)));
        Assert.All(Enumerable.Range(0, 8), offset => Assert.Null(Inline(2, offset)));
        Assert.Equal("MSLIM4010", Inline(2, 8));
    }

    private static Result<OnnxModel> Read(TemporaryFolder folder, TensorProto tensor)
    {
        var model = Messages.Small();
        model.Graph.Initializer[0] = tensor;
        return new OnnxReader().Read(folder.Write("model.onnx", model.ToByteArray()));
    }
}
