using Google.Protobuf;
using ModelSlim.Core.Onnx.Protobuf;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Tensors;
using ModelSlim.Testing;

namespace ModelSlim.Fuzzing.Targets;

/// <summary>Files of ONNX tensors, as samples and as labels.</summary>
public sealed class TensorTarget : SamplesTarget
{
    private static readonly byte[] Samples = DataFiles.Tensor(ElementType.Float, [1, 3], DataFiles.Bytes(1f, 2f, 3f));
    private static readonly byte[] Label = DataFiles.Tensor(ElementType.Int64, [1], DataFiles.Bytes(1L));

    /// <summary>Puts the files there that go with those that are damaged.</summary>
    public TensorTarget()
    {
        Folder.Write("a/test_data_set_0/y.pb", Label);
        Folder.Write("b/test_data_set_0/input_0.pb", Samples);
    }

    /// <inheritdoc/>
    public override string Name => "tensor";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        Samples, Label,
        new TensorProto { Name = "x", DataType = 1, Dims = { 1, 3 }, FloatData = { 1, 2, 3 } }.ToByteArray(),
        new TensorProto { DataType = 3, Dims = { 1, 3 }, Int32Data = { 1, -2, 3 } }.ToByteArray(),
        new TensorProto { DataType = 11, Dims = { 1, 3 }, DoubleData = { 1, 2, 3 } }.ToByteArray(),
    ];

    /// <inheritdoc/>
    protected override string FileName => "a/test_data_set_0/input_0.pb";

    /// <inheritdoc/>
    protected override bool ReadFile(string path)
    {
        File.Copy(path, Folder.File("b", "test_data_set_0", "y.pb"), overwrite: true);
        return Opens(new DataSource(DataKind.Tensors, [Folder.File("a")], null, null) { Labels = "y" }, Numbers)
            | Opens(new DataSource(DataKind.Tensors, [Folder.File("b")], null, null) { Labels = "y" }, Numbers);
    }
}
