using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Operators;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Evaluation.Tracing;
using ModelSlim.Testing;

namespace ModelSlim.Evaluation.Tests.Tracing;

public sealed class SizeIndependentValuesTests
{
    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(0, false)]
    public void WhatIsMeasuredMustBeTheSameAtEverySizeOfTheBatch(int axis, bool isKnown)
    {
        var model = FlowNets.AskedSize(axis, "N");
        var condition = model.Graph.Nodes.Single(node => node.OpType == "If").Inputs[0];
        var shape = model.Graph.Nodes.Single(node => node.OpType == "Shape").Outputs[0];

        var found = Read(model, [condition], [new AxisRef(shape, axis)]);

        Assert.Equal(isKnown ? [condition] : [], found.Keys);
    }

    [Fact]
    public void WhereMoreThanTheBatchIsOpenNothingThatWasMeasuredIsBelieved()
    {
        var model = FlowNets.AskedSize(1);
        var input = model.Graph.Inputs[0];
        var open = model.With(model.Graph with { Inputs = [input with { Shape = input.Shape.SetItem(2, new Dimension(null, "H")) }] });
        var shapeless = model.With(model.Graph with { Inputs = [input with { Shape = default }] });
        var condition = model.Graph.Nodes.Single(node => node.OpType == "If").Inputs[0];
        var shape = model.Graph.Nodes.Single(node => node.OpType == "Shape").Outputs[0];

        Assert.Equal([condition], Read(model, [condition], [new AxisRef(shape, 1)]).Keys);
        Assert.Empty(Read(open, [condition], [new AxisRef(shape, 1)]));
        Assert.Empty(Read(shapeless, [condition], [new AxisRef(shape, 1)]));
    }

    [Fact]
    public void AConditionThatHappensToHoldAtAllSizesIsNotEnough()
    {
        var net = new ModelBuilder(batch: "N");
        var size = net.Node("Shape", [net.Relu(net.Input("x", 1, 3, 8, 8))], [4]);
        var few = net.Node("Less", [size, net.Initializer("many", Core.Tensors.TensorData.From([1], [100L]))], [4]);
        net.Output(net.Node("Cast", [few], [4], ("to", new AttributeValue.Int(1))));

        Assert.Empty(Read(net.Build(), [few], [new AxisRef(size, 0)]));
        Assert.Equal([few], Read(net.Build(), [few], [new AxisRef(size, 1)]).Keys);
    }

    private static IReadOnlyDictionary<string, Core.Tensors.TensorData> Read(OnnxModel model, string[] wanted, AxisRef[] measured)
    {
        var sessions = new SessionFactory();
        var trace = new ModelTracer(sessions, OperatorCatalog.Standard).Trace(
            model, new Dictionary<string, System.Collections.Immutable.ImmutableArray<int>> { ["x"] = [1, 3, 8, 8] }, TestContext.Current.CancellationToken);
        return new SizeIndependentValues(new ValueObserver(sessions)).Read(
            model, trace.Value!, wanted, measured, TestContext.Current.CancellationToken);
    }
}
