using System.Text.RegularExpressions;
using Google.Protobuf;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Onnx.Protobuf;
using ModelSlim.Testing;

namespace ModelSlim.Tool.Tests;

/// <summary>Models that are whole files and still no models, or odd ones: a slim model comes out, or one clear error.</summary>
public sealed class OddModelTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static TheoryData<string, Action<ModelProto>, string?> Models => new()
    {
        { "a node without the input that it needs", model => First(model, "Conv").Input.RemoveAt(1), "MSLIM4040" },
        { "an operator that nobody knows", model => First(model, "Relu").OpType = "Relu7", "MSLIM4040" },
        { "a domain that nobody knows", model => First(model, "Relu").Domain = "com.example", "MSLIM4040" },
        { "operators of the far future", model => model.OpsetImport[0].Version = 999, "MSLIM4040" },
        { "operators of the first version, with attributes of later ones", model => model.OpsetImport[0].Version = 1, "MSLIM4040" },
        { "a format of the far future", model => model.IrVersion = 999, "MSLIM4040" },
        { "a kernel of a billion", model => SetInts(First(model, "Conv"), "kernel_shape", 1 << 30, 1 << 30), "MSLIM4041" },
        { "a border of a billion", model => SetInts(First(model, "Conv"), "pads", 1 << 30, 1 << 30, 1 << 30, 1 << 30), "MSLIM4041" },
        { "a step of zero", model => SetInts(First(model, "Conv"), "strides", 0, 0), "MSLIM4040" },
        { "branches 20 deep", model => Nest(model, 20), null },
        { "branches 90 deep", model => Nest(model, 90), "MSLIM4005" },
        { "branches 600 deep", model => Nest(model, 600), "MSLIM4005" },
        { "a weight that is no number", model => SetWeight(model, float.NaN), "MSLIM5001" },
        { "an endless weight", model => SetWeight(model, float.PositiveInfinity), "MSLIM5001" },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Is_slimmed_or_refused_in_one_clear_line(string what, Action<ModelProto> change, string? code)
    {
        using var folder = new TemporaryFolder();
        var model = ModelProto.Parser.ParseFrom(new OnnxWriter().Write(SmallNets.Make("chain")));
        change(model);
        var (path, slim) = (folder.Write("net.onnx", model.ToByteArray()), folder.File("slim.onnx"));

        var run = await ToolRun.Of("prune", path, "--target", "macs=50%", "-o", slim, "-v", "m").WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.DoesNotMatch(new Regex(@"Exception|   at "), run.Error);
        var errors = run.Error.Split('\n').Where(line => line.Contains(": error ", StringComparison.Ordinal)).ToList();
        if (code is null)
        {
            Assert.True(run.ExitCode == 0 && errors.Count == 0, $"{what}: {run.Error}");
            Assert.True(new OnnxReader().Read(slim).Succeeded);
            return;
        }

        Assert.Contains($" error {code}: ", Assert.Single(errors) + what, StringComparison.Ordinal);
        Assert.Equal((7, false), (run.ExitCode, File.Exists(slim)));
    }

    private static NodeProto First(ModelProto model, string opType) => model.Graph.Node.First(node => node.OpType == opType);

    private static void SetInts(NodeProto node, string name, params long[] values)
    {
        var attribute = node.Attribute.FirstOrDefault(one => one.Name == name);
        if (attribute is null)
        {
            node.Attribute.Add(attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Ints });
        }

        attribute.Ints.Clear();
        attribute.Ints.AddRange(values);
    }

    private static void SetWeight(ModelProto model, float value)
    {
        var tensor = model.Graph.Initializer.First(one => one.Name == First(model, "Conv").Input[1]);
        byte[] bytes = [.. BitConverter.GetBytes(value), .. tensor.RawData.Span[sizeof(float)..]];
        tensor.RawData = ByteString.CopyFrom(bytes);
    }

    // The output goes through an If in an If in an If ... whose branches all hand it on.
    private static void Nest(ModelProto model, int depth)
    {
        var output = model.Graph.Output[0].Name;
        foreach (var node in model.Graph.Node.Where(node => node.Output[0] == output))
        {
            node.Output[0] = "before";
        }

        model.Graph.Initializer.Add(new TensorProto { Name = "yes", DataType = 9, RawData = ByteString.CopyFrom(1) });
        model.Graph.Node.Add(Branch(depth, output));
    }

    private static NodeProto Branch(int depth, string output)
    {
        GraphProto Graph(string name, NodeProto node) => new() { Name = name, Node = { node }, Output = { new ValueInfoProto { Name = node.Output[0] } } };
        if (depth == 0)
        {
            return new NodeProto { OpType = "Identity", Input = { "before" }, Output = { output } };
        }

        return new NodeProto
        {
            OpType = "If",
            Input = { "yes" },
            Output = { output },
            Attribute =
            {
                new AttributeProto { Name = "then_branch", Type = AttributeProto.Types.AttributeType.Graph, G = Graph($"then{depth}", Branch(depth - 1, $"t{depth}")) },
                new AttributeProto
                {
                    Name = "else_branch", Type = AttributeProto.Types.AttributeType.Graph,
                    G = Graph($"else{depth}", new NodeProto { OpType = "Identity", Input = { "before" }, Output = { $"e{depth}" } }),
                },
            },
        };
    }
}
