using ModelSlim.Core.Data;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Tensors;
using ModelSlim.Testing;
using ModelSlim.Training.Kernels;
using ModelSlim.Training.Modules;
using ModelSlim.Training.Tests.Kernels;
using ModelSlim.Training.Tests.Runtime;
using static TorchSharp.torch;

namespace ModelSlim.Training.Tests.Modules;

public sealed class GraphModuleTests : IClassFixture<TorchFixture>
{
    public static TheoryData<string, bool> Nets =>
        [.. SmallNets.Kinds.SelectMany(kind => new[] { (kind, false), (kind, true) })];

    [Theory]
    [MemberData(nameof(Nets))]
    public void A_net_exported_for_one_sample_gives_for_many_what_OnnxRuntime_gives_for_each(string kind, bool folded)
    {
        const int batch = 3;
        var model = SmallNets.Make(kind, folded);
        using var scope = NewDisposeScope();
        using var module = Module(model);
        var input = Input(model, batch);

        var output = module.Run([input], RunMode.Inference)[0];

        Assert.Equal([batch, 10], output.shape);
        for (var sample = 0; sample < batch; sample++)
        {
            var one = OnnxRuntimeOracle.Run(model, [Data(input[sample].unsqueeze(0))]);
            AssertClose(one, output[sample]);
        }
    }

    [Theory]
    [InlineData(1, 2, 12)]
    [InlineData(1, -1)]
    [InlineData(1, 4, 6)]
    [InlineData(-1, 24)]
    [InlineData(0, 24)]
    [InlineData(4, 6)]
    [InlineData(24)]
    public void Reshape_constants_follow_the_batch(params int[] target)
    {
        var b = new ModelBuilder();
        var x = b.Relu(b.Input("x", 1, 4, 6));
        var shape = b.Initializer("shape", TensorData.From([target.Length], [.. target.Select(extent => (long)extent)]));
        b.Output(b.Node("Reshape", [x, shape], [.. target]));
        using var scope = NewDisposeScope();
        using var module = Module(b.Build());
        var input = Input(b.Build(), 5);

        var many = module.Run([input], RunMode.Inference)[0];
        var each = cat([.. Enumerable.Range(0, 5).Select(i => module.Run([input[i].unsqueeze(0)], RunMode.Inference)[0])], 0);

        Assert.Equal(each.shape, many.shape);
        AssertClose(each, many);
    }

    [Fact]
    public void Captured_values_are_those_that_the_graph_names_though_steps_overwrite_them()
    {
        var model = SmallNets.Chain();
        var names = model.Graph.Nodes.Select(node => node.Outputs[0]).ToList();
        using var scope = NewDisposeScope();
        using var module = Module(model);
        var input = Input(model, 1);
        var seen = new Dictionary<string, float[]>();

        using (no_grad())
        {
            module.Run([input], RunMode.Inference, (value, tensor) => seen.Add(value, Data(tensor).ToSingles()));
        }

        Assert.Equal(names, seen.Keys);
        foreach (var name in names)
        {
            var exposed = model.With(model.Graph with { Outputs = [new GraphValue(name, ElementType.Float, default)] });
            var expected = OnnxRuntimeOracle.Run(exposed, [Data(input)]).Values;
            var tolerance = 1e-5f * expected.Max(Math.Abs);
            Assert.All(expected.Zip(seen[name]), pair => Assert.Equal(pair.First, pair.Second, tolerance));
        }
    }

    [Fact]
    public void Training_moves_statistics_a_tenth_towards_those_of_the_batch()
    {
        var model = SmallNets.Chain();
        using var scope = NewDisposeScope();
        using var module = Module(model);
        var input = Input(model, 16);
        var mean = module.Statistics["block_1.mean"].clone();
        Tensor? batchMean = null;

        module.Run([input], RunMode.Training, (value, tensor) =>
            batchMean ??= value == "conv_1_out" ? tensor.detach().mean([0, 2, 3]).DetachFromDisposeScope() : null);

        AssertClose(mean.mul(0.9).add(batchMean!.mul(0.1)), module.Statistics["block_1.mean"]);
    }

    [Fact]
    public void An_untouched_module_gives_back_the_same_file()
    {
        var model = SmallNets.Residual();
        using var module = Module(model);

        Assert.Equal(new OnnxWriter().Write(model), new OnnxWriter().Write(model.With(module.ToGraph())));
    }

    [Fact]
    public void Weights_in_Constant_nodes_are_trained_and_written_back()
    {
        var model = WithConstantNodes(SmallNets.Vgg());
        using var scope = NewDisposeScope();
        using var module = Module(model);
        module.Run([Input(model, 2)], RunMode.Training)[0].sum().backward();
        Assert.NotEmpty(module.Parameters);
        using (no_grad())
        {
            foreach (var parameter in module.Parameters.Values)
            {
                Assert.NotNull(parameter.grad);
                parameter.add_(1);
            }
        }

        var written = new OnnxReader().Read(new OnnxWriter().Write(model.With(module.ToGraph()))).Value!.Graph;

        var (before, after) = (new GraphIndex(model.Graph), new GraphIndex(written));
        foreach (var name in module.Parameters.Keys)
        {
            Assert.Equal(before.Constant(name)!.ToSingles().Select(v => v + 1), after.Constant(name)!.ToSingles());
        }
    }

    [Fact]
    public void A_node_that_cannot_run_at_this_size_is_named()
    {
        var model = SmallNets.Vgg();
        using var scope = NewDisposeScope();
        using var module = Module(model);

        var failure = Assert.Throws<NodeFailedException>(() => module.Run([ones(1, 3, 24, 24)], RunMode.Inference));

        Assert.Equal("gemm_1", failure.Node);
    }

    [Fact]
    public void A_run_without_gradients_keeps_only_its_outputs()
    {
        var model = SmallNets.Residual();
        using var module = Module(model);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var input = Input(model, 2);
        var before = scope.DisposablesCount;

        module.Run([input], RunMode.Inference);

        Assert.Equal(before + 1, scope.DisposablesCount);
    }

    private static GraphModule Module(OnnxModel model) => new(new GraphCompiler(KernelRegistry.Standard).Compile(model.Graph).Value!);

    private static Tensor Input(OnnxModel model, int batch)
    {
        long[] shape = [batch, .. model.Graph.Inputs[0].Shape.Skip(1).Select(dimension => (long)dimension.Extent!)];
        var random = new SplitMix(3);
        var values = new float[shape.Aggregate(1L, (a, b) => a * b)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (random.NextSingle() * 4) - 2;
        }

        return tensor(values, shape).clone();
    }

    private static OnnxModel WithConstantNodes(OnnxModel model)
    {
        var graph = model.Graph;
        var constants = graph.Initializers.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select((pair, index) =>
        {
            var node = new Node { Name = $"constant_{index}", OpType = "Constant", Inputs = [], Outputs = [pair.Key] };
            return pair.Value.Shape.Length == 1
                ? node.With("value_floats", new AttributeValue.Floats([.. pair.Value.ToSingles()]))
                : node.With("value", new AttributeValue.Tensor(pair.Value));
        });
        return model.With(graph with
        {
            Nodes = [.. constants, .. graph.Nodes],
            Initializers = graph.Initializers.Clear(),
        });
    }

    private static TensorData Data(Tensor tensor) =>
        TensorData.From([.. tensor.shape.Select(extent => (int)extent)], tensor.detach().contiguous().data<float>().ToArray());

    private static void AssertClose((long[] Shape, float[] Values) expected, Tensor actual) =>
        AssertClose(tensor(expected.Values, expected.Shape).reshape(actual.shape), actual);

    private static void AssertClose(Tensor expected, Tensor actual)
    {
        var difference = expected.sub(actual).abs().max().item<float>();
        Assert.True(difference <= 1e-5f * expected.abs().max().item<float>(), $"They differ by {difference}.");
    }
}
