using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Tensors;
using ModelSlim.Testing;

namespace ModelSlim.Evaluation.Tests.Oracles;

/// <summary>Which first axes are those of samples, and what stands for outputs whose size hangs on what is computed.</summary>
public sealed class WholeInputsTests
{
    private static readonly Dictionary<string, Action<ModelBuilder>> Nets = new(StringComparer.Ordinal)
    {
        ["a picture in colour"] = b => b.Output(b.Conv(Front(b, b.Input("x", 3, 8, 8)), 4, 3)),
        ["a picture that is moved channel by channel"] = b =>
        {
            var x = b.Node("Sub", [b.Input("x", 3, 8, 8), b.Initializer("mean", TensorData.From([3, 1, 1], [0.1f, 0.2f, 0.3f]))], [3, 8, 8]);
            b.Output(b.Node("ReduceMax", [x], [3], ("axes", new AttributeValue.Ints([1, 2])), ("keepdims", new AttributeValue.Int(0))));
        },
        ["a picture in grey"] = b => b.Output(b.Conv(Front(b, Front(b, b.Input("x", 8, 8))), 4, 3)),
        ["a picture whose channels come last"] = b => b.Output(b.Conv(
            Front(b, b.Node("Transpose", [b.Input("x", 8, 8, 3)], [3, 8, 8], ("perm", new AttributeValue.Ints([2, 0, 1])))), 4, 3)),
        ["features"] = b => b.Output(b.Node("MatMul", [b.Input("x", 6), b.Initializer("w", [6, 4], -1, 1)], [4])),
        ["features in a row"] = b => b.Output(b.Gemm(b.Node("Flatten", [b.Input("x", 6, 5)], [1, 30], ("axis", new AttributeValue.Int(0))), 4)),
        ["steps before samples"] = b =>
        {
            var weights = new[] { b.Initializer("w", [1, 12, 4], -1, 1), b.Initializer("r", [1, 12, 3], -1, 1) };
            b.Output(b.Node("LSTM", [b.Input("x", 5, 1, 4), .. weights], [5, 1, 1, 3], ("hidden_size", new AttributeValue.Int(3))));
        },
        ["a number beside samples"] = b => b.Output(b.Node("Mul", [b.Gemm(b.Input("y", 1, 6), 4), b.Input("x")], [1, 4])),
        ["a state of two layers beside samples"] = b => b.Output(b.Node(
            "Add", [b.Gemm(b.Input("y", 1, 6), 4), b.Node("ReduceMean", [b.Input("x", 2, 1, 4)], [1, 4], ("axes", new AttributeValue.Ints([0])), ("keepdims", new AttributeValue.Int(0)))], [1, 4])),
        ["places that come out as none"] = b => b.Output(b.Node("ReduceMean", [b.Input("x", 5, 4)], [1, 4], ("axes", new AttributeValue.Ints([0])))),
    };

    private static readonly Dictionary<string, Action<ModelBuilder>> Batched = new(StringComparer.Ordinal)
    {
        ["one picture"] = b => b.Output(b.Conv(b.Input("x", 1, 3, 8, 8), 4, 3)),
        ["three pictures in grey"] = b => b.Output(b.Conv(b.Node("Unsqueeze", [b.Input("x", 3, 8, 8), b.Initializer("axis", TensorData.From([1], [1L]))], [3, 1, 8, 8]), 4, 3)),
        ["four rows"] = b => b.Output(b.Gemm(b.Input("x", 4, 6), 4)),
        ["four rows that the same is added to"] = b => b.Output(b.Add(b.Gemm(b.Input("x", 4, 6), 4), b.Initializer("rows", TensorData.From([4, 4], new float[16])))),
        ["four rows less their mean"] = b =>
        {
            var y = b.Gemm(b.Input("x", 4, 6), 4);
            b.Output(b.Add(y, b.Node("ReduceMean", [y], [1, 4], ("axes", new AttributeValue.Ints([0])))));
        },
        ["four sequences that attend to themselves"] = b =>
        {
            var rows = b.Gemm(b.Node("Reshape", [b.Input("x", 4, 5, 6), b.Initializer("flat", TensorData.From([2], [20L, 6]))], [20, 6]), 6);
            var own = b.Add(b.Node("Reshape", [rows, b.Initializer("apart", TensorData.From([3], [4L, 5, 6]))], [4, 5, 6]), b.Initializer("places", [4, 5, 6], 0, 0));
            var weights = b.Node("MatMul", [own, b.Node("Transpose", [own], [4, 6, 5], ("perm", new AttributeValue.Ints([0, 2, 1])))], [4, 5, 5]);
            b.Output(b.Node("MatMul", [b.Node("Softmax", [weights], [4, 5, 5]), own], [4, 5, 6]));
        },
    };

    public static TheoryData<string> Whole => [.. Nets.Keys];

    public static TheoryData<string> OfSamples => [.. Batched.Keys];

    [Theory]
    [MemberData(nameof(Whole))]
    public void An_axis_that_is_summed_over_or_told_apart_is_none_of_samples(string net) => Assert.Equal(["x"], Traced(Nets[net]).Dependencies.WholeInputs);

    [Theory]
    [MemberData(nameof(OfSamples))]
    public void An_axis_whose_places_are_treated_alike_is_one_of_samples(string net) => Assert.Empty(Traced(Batched[net]).Dependencies.WholeInputs);

    [Fact]
    public void What_is_chosen_from_stands_for_boxes_whose_number_varies()
    {
        var detector = new TracedModel(WholeNets.Detector());

        Assert.Equal(["picture"], detector.Dependencies.WholeInputs);
        var settled = detector.Dependencies.SettledOutputs;
        Assert.NotEmpty(settled);
        Assert.All(settled, value => Assert.Contains(detector.Index.Producer(value.Name)!.OpType, new[] { "Reshape", "Transpose", "Sigmoid" }));
        Assert.Contains(settled, value => detector.Trace.Shape(value.Name) is [16, 4]);
        Assert.Contains(settled, value => detector.Trace.Shape(value.Name) is [16]);
        Assert.All(detector.Dependencies.Groups.SelectMany(group => group.Members), member => Assert.DoesNotContain(settled, value => value.Name == member.Value));
    }

    [Theory]
    [InlineData("classifier")]
    [InlineData("embedding")]
    [InlineData("scattered")]
    [InlineData("resized")]
    public void Outputs_of_their_own_size_stand_for_themselves(string net) => Assert.True(new TracedModel(net switch
    {
        "embedding" => TwoInputNets.Make(),
        "scattered" => RegionNets.Scattered(0),
        "resized" => Resized(),
        _ => WholeNets.Classifier(),
    }).Dependencies.SettledOutputs.IsDefault);

    // As many rows as an input asks for: in every form of the model the same.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_inputs_alone_say_is_not_found(bool isComputed)
    {
        var b = new ModelBuilder();
        var y = b.Gemm(b.Relu(b.Gemm(b.Input("x", 1, 6), 8)), 4);
        var asked = b.Node("NonZero", [isComputed ? b.Node("Relu", [y], [1, 4]) : b.Input("asked", 1, 5)], []);
        var rows = b.Node("Gather", [asked, b.Initializer("first", TensorData.From([], [0L]))], []);
        b.Output(b.Node("Gather", [y, rows], []));

        Assert.Equal(isComputed, !new TracedModel(b.Build()).Dependencies.SettledOutputs.IsDefault);
    }

    [Fact]
    public void No_structure_that_nets_are_made_of_finds_a_varying_number_of_things() => Assert.All(StructureNets.Kinds, kind =>
    {
        var found = new TracedModel(StructureNets.Make(kind, isDynamic: false)).Dependencies;
        Assert.True(found.SettledOutputs.IsDefault, kind.Name);
        Assert.Empty(found.WholeInputs);
    });

    // To a size that is fed.
    private static OnnxModel Resized()
    {
        var net = new ModelBuilder();
        var features = net.Relu(net.Conv(net.Input("picture", 1, 3, 8, 8), 8, 3, pad: 1));
        var size = net.Node("Concat", [net.Initializer("front", TensorData.From([2], [1L, 8L])), net.Ids("size", 2)], [4], ("axis", new AttributeValue.Int(0)));
        var larger = net.Node("Resize", [features, "", "", size], [1, 8, 8, 8]);
        net.Output(net.Conv(net.Relu(net.Conv(larger, 6, 1)), 2, 1));
        return net.Build();
    }

    private static string Front(ModelBuilder b, string x)
    {
        var axis = b.Initializer(b.NewName("front"), TensorData.From([1], [0L]));
        return b.Node("Unsqueeze", [x, axis], [1, .. b.Shape(x)]);
    }

    private static TracedModel Traced(Action<ModelBuilder> make)
    {
        var builder = new ModelBuilder();
        make(builder);
        return new TracedModel(builder.Build());
    }
}
