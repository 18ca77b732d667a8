using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Tensors;
using ModelSlim.Testing;
using ModelSlim.Training.FineTuning;
using ModelSlim.Training.Kernels;
using ModelSlim.Training.Modules;
using ModelSlim.Training.Tests.Runtime;
using static TorchSharp.torch;

namespace ModelSlim.Training.Tests.FineTuning;

public sealed class BatchedModuleTests : IClassFixture<TorchFixture>
{
    [Theory]
    [InlineData("segmentation", true)]
    [InlineData("transformer", true)]
    [InlineData("recurrent", true)]
    [InlineData("detector", true)]
    [InlineData("sequence-first", false)]
    public void A_net_runs_at_once_where_its_constants_allow_it(string kind, bool atOnce)
    {
        using var scope = NewDisposeScope();
        using var module = Open(TrainableNets.Make(kind, 1));
        Assert.Equal(atOnce, module.AtOnce);
    }

    [Fact]
    public void Samples_that_run_apart_send_their_gradients_together()
    {
        var model = TrainableNets.Make("sequence-first", 1);
        using var scope = NewDisposeScope();
        using var module = Open(model);
        using var samples = Samples(model);
        var inputs = BatchTensors.Of(samples.Read([0, 1, 2]), samples.Shapes);
        module.Run(inputs, RunMode.Training)[0].sum().backward();
        var weight = module.Module.Parameters["proj.w"];
        var together = weight.grad!.clone();
        weight.grad!.zero_();

        foreach (var sample in Enumerable.Range(0, 3))
        {
            module.Run([inputs[0].narrow(0, sample, 1)], RunMode.Training)[0].sum().backward();
        }

        Assert.True(together.sub(weight.grad!).abs().max().item<float>() < 1e-5f);
    }

    [Fact]
    public void An_output_without_a_batch_axis_gets_one()
    {
        var b = new ModelBuilder();
        b.Output(b.Node("Squeeze", [b.Gemm(b.Input("x", 1, 4), 3)], [3]));
        using var scope = NewDisposeScope();
        var model = b.Build();
        using var module = Open(model);
        using var samples = Samples(model);

        foreach (var count in new[] { 1, 4 })
        {
            var output = module.Run(BatchTensors.Of(samples.Read([.. Enumerable.Range(0, count)]), samples.Shapes), RunMode.Training)[0];
            Assert.Equal([count, 3], output.shape);
        }
    }

    [Fact]
    public void A_file_made_for_several_samples_runs_on_any_number_of_them()
    {
        var b = new ModelBuilder();
        var pairs = b.Node("Transpose", [b.Input("x", 2, 4)], [4, 2], ("perm", new AttributeValue.Ints([1, 0])));
        var flat = b.Node("Reshape", [pairs, b.Initializer("flat", TensorData.From([1], [8L]))], [8]);
        var back = b.Node("Reshape", [flat, b.Initializer("back", TensorData.From([2], [4L, 2]))], [4, 2]);
        b.Output(b.Node("Transpose", [back], [2, 4], ("perm", new AttributeValue.Ints([1, 0]))));
        using var scope = NewDisposeScope();
        var model = b.Build();
        using var module = Open(model);
        using var samples = Samples(model);
        var inputs = BatchTensors.Of(samples.Read([0, 1, 2]), samples.Shapes);

        var output = module.Run(inputs, RunMode.Inference)[0];

        Assert.False(module.AtOnce);
        Assert.Equal(inputs[0].data<float>().ToArray(), output.contiguous().data<float>().ToArray());
    }

    [Fact]
    public void A_net_that_runs_on_no_sample_says_which_node_fails()
    {
        var b = new ModelBuilder();
        b.Output(b.Node("Reshape", [b.Input("x", 1, 4), b.Initializer("shape", TensorData.From([2], [3L, 5]))], [3, 5]));
        using var scope = NewDisposeScope();
        Assert.Equal("reshape_1", Assert.Throws<NodeFailedException>(() => Open(b.Build())).Node);
    }

    private static BatchedModule Open(OnnxModel model)
    {
        using var samples = Samples(model);
        return BatchedModule.Open(new GraphCompiler(KernelRegistry.Standard).Compile(model.Graph).Value!, samples);
    }

    private static SyntheticSamples Samples(OnnxModel model) =>
        new([.. model.Graph.Inputs[0].Shape.Skip(1).Select(axis => axis.Extent!.Value)], 4, 8, labelled: false);
}
