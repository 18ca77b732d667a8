using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Tests.Oracles;
using ModelSlim.Evaluation.Verification;
using ModelSlim.Testing;

namespace ModelSlim.Evaluation.Tests.Verification;

public sealed class CutTensorsTests
{
    private static readonly ImmutableArray<int> Kept = [0, 2];

    private readonly CutTensors cut = new(new TracedModel(Net()).Trace, new ChannelCuts([KeyValuePair.Create(new AxisRef("x", 1), Kept)]));

    [Fact]
    public void What_stays_is_taken() => Assert.Equal([1f, 3f], cut.Of("x", TensorData.From([1, 3], [1f, 2f, 3f])).ToSingles());

    [Fact]
    public void An_axis_of_another_length_stays_as_it_is() =>
        Assert.Equal([1f, 2f], cut.Of("x", TensorData.From([1, 2], [1f, 2f])).ToSingles());

    [Fact]
    public void A_value_without_cuts_stays_whole() =>
        Assert.Equal([1f, 2f, 3f], cut.Of("relu_1_out", TensorData.From([1, 3], [1f, 2f, 3f])).ToSingles());

    private static OnnxModel Net()
    {
        var b = new ModelBuilder();
        b.Output(b.Relu(b.Input("x", 1, 3)));
        return b.Build();
    }
}
