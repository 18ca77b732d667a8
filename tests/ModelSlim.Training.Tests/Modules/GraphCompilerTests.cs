using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Tensors;
using ModelSlim.Testing;
using ModelSlim.Training.Kernels;
using ModelSlim.Training.Modules;

namespace ModelSlim.Training.Tests.Modules;

public sealed class GraphCompilerTests
{
    private static readonly GraphCompiler Compiler = new(KernelRegistry.Standard);

    [Fact]
    public void Every_node_without_a_kernel_is_named()
    {
        var b = new ModelBuilder();
        var x = b.Input("x", 1, 4);
        b.Output(b.Node("Unique", [b.Relu(b.Node("Bernoulli", [x], [1, 4]))], [1, 4]));

        var result = Compiler.Compile(b.Build().Graph);

        Assert.False(result.Succeeded);
        Assert.Equal(["MSLIM6101", "MSLIM6101"], result.Diagnostics.Select(d => d.Code));
        Assert.Contains("Node bernoulli_1 cannot be trained through: operator Bernoulli has no kernel", result.Diagnostics[0].Message);
        Assert.Contains("unique_1", result.Diagnostics[1].Message);
    }

    [Fact]
    public void A_node_that_leads_to_no_output_needs_no_kernel()
    {
        var b = new ModelBuilder();
        var x = b.Input("x", 1, 4);
        b.Node("Unique", [x], [1, 4]);
        b.Output(b.Relu(x));

        Assert.Equal(["Relu"], Compiler.Compile(b.Build().Graph).Value!.Steps.Select(step => step.Node.OpType));
    }

    [Fact]
    public void A_second_output_that_is_read_is_refused()
    {
        var b = new ModelBuilder();
        var normalized = b.Nodes("Dropout", [b.Input("x", 1, 4)], [[1, 4], [1, 4]]);
        b.Output(normalized[0]);
        b.Output(b.Node("Identity", [normalized[1]], [1, 4]));

        var result = Compiler.Compile(b.Build().Graph);

        Assert.Contains("its output dropout_1_out1 is used", Assert.Single(result.Diagnostics).Message);
    }

    [Fact]
    public void Weights_are_trained_statistics_gathered_and_settings_left_alone()
    {
        var b = new ModelBuilder();
        var x = b.BatchNormalization(b.Conv(b.Input("x", 1, 3, 4, 4), 4, 3));
        var scaled = b.Node("Mul", [b.Clip(x), b.Initializer("half", [], 0.5f, 0.5f)], [.. b.Shape(x)]);
        b.Output(b.Node("Add", [scaled, b.Initializer("shift", [1, 4, 1, 1], 0, 1)], [.. b.Shape(x)]));

        var roles = Compiler.Compile(b.Build().Graph).Value!.Constants.ToDictionary(c => c.Name, c => c.Role);

        Assert.Equal(
            ["norm_1.scale", "norm_1.shift", "shift", "weights_1.b", "weights_1.w"],
            roles.Where(pair => pair.Value == InputRole.Weight).Select(pair => pair.Key).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["norm_1.mean", "norm_1.var"],
            roles.Where(pair => pair.Value == InputRole.Statistic).Select(pair => pair.Key).Order(StringComparer.Ordinal));
        Assert.Equal(InputRole.Setting, roles["half"]);
        Assert.Equal(InputRole.Setting, roles["bounds_1.low"]);
    }

    [Fact]
    public void A_constant_that_is_moved_is_for_what_its_readers_make_of_it()
    {
        var b = new ModelBuilder();
        var x = b.Input("x", 1, 4);
        var halves = b.Nodes("Split", [b.Initializer("table", [4, 6], -1, 1)], [[4, 3], [4, 3]], ("axis", new AttributeValue.Int(1)));
        x = b.Node("MatMul", [x, halves[1]], [1, 3]);
        var turned = b.Node("Transpose", [b.Initializer("square", [3, 3], -1, 1)], [3, 3]);
        x = b.Node("MatMul", [x, b.Node("Cast", [turned], [3, 3], ("to", new AttributeValue.Int(1)))], [1, 3]);
        x = b.Node("Concat", [x, b.Initializer("token", [1, 3], -1, 1)], [1, 6], ("axis", new AttributeValue.Int(1)));
        b.Output(b.Relu(x));

        var roles = Compiler.Compile(b.Build().Graph).Value!.Constants.ToDictionary(c => c.Name, c => c.Role);

        Assert.Equal(InputRole.Weight, roles["table"]);
        Assert.Equal(InputRole.Weight, roles["square"]);
        Assert.Equal(InputRole.Setting, roles["token"]);
    }

    [Fact]
    public void Tables_of_round_numbers_and_integers_are_settings()
    {
        var b = new ModelBuilder();
        var x = b.Input("x", 1, 4);
        x = b.Node("Add", [x, b.Initializer("grid", TensorData.From([4], [0.5f, 1.5f, 2.5f, 3.5f]))], [1, 4]);
        x = b.Node("Add", [x, b.Initializer("mask", TensorData.From([4], [0, 0, float.NegativeInfinity, 0.3f]))], [1, 4]);
        x = b.Node("Add", [x, b.Initializer("new", TensorData.From([4], [0f, 0, 0, 0]))], [1, 4]);
        var more = b.Node("Add", [b.Initializer("two", TensorData.From([2], [0L, 0])), b.Initializer("extents", TensorData.From([2], [2L, 2]))], [2]);
        b.Output(b.Node("Reshape", [x, more], [2, 2]));

        var roles = Compiler.Compile(b.Build().Graph).Value!.Constants.ToDictionary(c => c.Name, c => c.Role);

        Assert.Equal(["new"], roles.Where(pair => pair.Value == InputRole.Weight).Select(pair => pair.Key));
    }

    [Fact]
    public void A_constant_with_two_uses_of_different_kind_is_left_alone()
    {
        var b = new ModelBuilder();
        var vector = b.Initializer("vector", [3], 0.5f, 1);
        var shift = b.Initializer("shift", [3], 0, 1);
        b.Output(b.BatchNormalization(b.Input("x", 1, 3, 4, 4), vector, shift, shift, vector));

        Assert.All(Compiler.Compile(b.Build().Graph).Value!.Constants, constant => Assert.Equal(InputRole.Setting, constant.Role));
    }

    [Fact]
    public void Normalizations_that_share_statistics_keep_them()
    {
        var b = new ModelBuilder();
        string[] vectors = [.. new[] { "scale", "shift", "mean", "var" }.Select(name => b.Initializer(name, [3], 0.5f, 1))];
        var x = b.Input("x", 1, 3, 4, 4);
        x = b.BatchNormalization(x, vectors[0], vectors[1], vectors[2], vectors[3]);
        var copy = b.Node("Identity", [vectors[2]], [3]);
        b.Output(b.BatchNormalization(x, vectors[0], vectors[1], copy, b.Initializer("own", [3], 0.5f, 1)));

        Assert.All(Compiler.Compile(b.Build().Graph).Value!.Steps, step => Assert.True(step.KeepsStatistics));
    }

    [Theory]
    [InlineData(null, 3)]
    [InlineData("batch", 1)]
    public void The_traced_batch_is_the_first_extent_of_the_first_input(string? symbol, int expected)
    {
        var b = new ModelBuilder(batch: symbol);
        b.Output(b.Relu(b.Input("x", 3, 4)));
        OnnxModel model = b.Build();

        Assert.Equal(expected, Compiler.Compile(model.Graph).Value!.TracedBatch);
    }
}
