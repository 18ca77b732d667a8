using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Calibration;
using ModelSlim.Evaluation.Metrics;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Evaluation.Tests.Oracles;
using ModelSlim.Testing;

namespace ModelSlim.Evaluation.Tests.Metrics;

public sealed class BatchedModelOpenerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_model_of_a_fixed_batch_is_freed_of_it(int batch)
    {
        using var model = Open(Net(batch));

        Assert.True(model.AnyBatch);
        AssertSamplesAreTheirOwn(model);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_model_whose_batch_cannot_be_freed_takes_its_own_batch_at_a_time(int batch)
    {
        using var model = Open(Net(batch, (builder, y) => builder.Add(y, builder.Initializer("rows", TensorData.From([batch, 5], new float[batch * 5])))));

        Assert.False(model.AnyBatch);
        AssertSamplesAreTheirOwn(model);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Samples_that_influence_each_other_are_not_run_together(int batch)
    {
        using var model = Open(Net(batch, (builder, y) => builder.Add(
            y, builder.Node("ReduceMean", [y], [1, 5], ("axes", new Core.Graphs.AttributeValue.Ints([0]))))));

        Assert.False(model.AnyBatch);
    }

    [Fact]
    public void Outputs_that_are_no_real_numbers_are_not_measured()
    {
        var builder = new ModelBuilder();
        var y = builder.Gemm(builder.Input("x", 1, 6), 5);
        var model = WithOutputFirst(builder, builder.Node("ArgMax", [y], [1, 1], ("axis", new Core.Graphs.AttributeValue.Int(1))), y);

        using var opened = Open(model);

        Assert.Equal(1, opened.Outputs);
        AssertSamplesAreTheirOwn(opened);
    }

    [Fact]
    public void A_first_axis_that_is_none_of_samples_is_not_measured_along()
    {
        // A picture of three channels without a batch axis, and as many boxes as channels.
        var builder = new ModelBuilder();
        var channels = builder.Node("Transpose", [builder.Input("x", 3, 6)], [6, 3], ("perm", new Core.Graphs.AttributeValue.Ints([1, 0])));
        var y = builder.Gemm(builder.Relu(builder.Gemm(channels, 8)), 2);
        builder.Output(builder.Node("Reshape", [y, builder.Initializer("boxes", TensorData.From([2], [3L, 4L]))], [3, 4]));

        using var model = Open(builder.Build());

        Assert.Equal(0, model.Outputs);
    }

    private static void AssertSamplesAreTheirOwn(BatchedModel model)
    {
        var samples = Noise();
        var cancellation = TestContext.Current.CancellationToken;
        var all = model.Run(samples.Read([0, 1, 2, 3, 4]), samples.Shapes, cancellation);
        Assert.True(all.Succeeded, string.Join('\n', all.Diagnostics));
        for (var i = 0; i < 5; i++)
        {
            var one = model.Run(samples.Read([i]), samples.Shapes, cancellation).Value![0][0];
            Assert.Equal(5, one.Length);
            Assert.All(one.Zip(all.Value[0][i]), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        }

        Assert.NotEqual(all.Value[0][0], all.Value[0][4]);
    }

    private static BatchedModel Open(OnnxModel model)
    {
        var opened = new BatchedModelOpener(new SessionFactory())
            .Open(model, new TracedModel(model).Trace, Noise(), TestContext.Current.CancellationToken);
        Assert.True(opened.Succeeded, string.Join('\n', opened.Diagnostics));
        return opened.Value;
    }

    private static NoiseSampleSet Noise() => new(7, [[6]], new PreprocessSpec { Mean = [0.5], Std = [0.5] }, 1);

    private static OnnxModel Net(int batch, Func<ModelBuilder, string, string>? end = null)
    {
        var builder = new ModelBuilder();
        var y = builder.Gemm(builder.Relu(builder.Gemm(builder.Input("x", batch, 6), 8)), 5);
        builder.Output(end?.Invoke(builder, y) ?? y);
        return builder.Build();
    }

    internal static OnnxModel WithOutputFirst(ModelBuilder builder, string integers, params string[] others)
    {
        foreach (var other in others)
        {
            builder.Output(other);
        }

        var model = builder.Build();
        return model.With(model.Graph with
        {
            Outputs = model.Graph.Outputs.Insert(0, new Core.Graphs.GraphValue(integers, ElementType.Int64, default)),
        });
    }
}
