using ModelSlim.Core.Onnx;
using ModelSlim.Testing;
using ModelSlim.Training.FineTuning;
using ModelSlim.Training.Kernels;
using ModelSlim.Training.Modules;
using ModelSlim.Training.Tests.Runtime;
using static TorchSharp.torch;

namespace ModelSlim.Training.Tests.FineTuning;

public sealed class BatchNormOpeningTests : IClassFixture<TorchFixture>
{
    private static readonly GraphCompiler Compiler = new(KernelRegistry.Standard);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_graph_that_is_opened_and_folded_again_computes_what_it_did(bool folded)
    {
        var model = SmallNets.Residual(folded);
        using var samples = Samples(model);
        var opened = new BatchNormOpening(Compiler).Run(model.Graph, samples, 1, TestContext.Current.CancellationToken).Value!;
        int Norms(Core.Graphs.Graph graph) => graph.Nodes.Count(node => node.OpType == "BatchNormalization");

        Assert.Equal(folded, !opened.Places.IsEmpty);
        Assert.Equal(Norms(model.Graph) + opened.Places.Length, Norms(opened.Graph));
        var expected = Outputs(model, samples);
        Assert.All(
            expected.Zip(Outputs(model.With(opened.Graph), samples), Outputs(model.With(opened.Fold(opened.Graph)), samples)),
            values => Assert.All([values.Second, values.Third], value => Assert.Equal(values.First, value, 1e-4f * expected.Max(Math.Abs))));
    }

    private static SyntheticSamples Samples(OnnxModel model) =>
        new([.. model.Graph.Inputs[0].Shape.Skip(1).Select(axis => axis.Extent!.Value)], 4, 64);

    private static float[] Outputs(OnnxModel model, SyntheticSamples samples)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var module = new GraphModule(Compiler.Compile(model.Graph).Value!);
        return module.Run(BatchTensors.Of(samples.Read([0, 1, 2, 3]), samples.Shapes), RunMode.Inference)[0].contiguous().data<float>().ToArray();
    }
}
