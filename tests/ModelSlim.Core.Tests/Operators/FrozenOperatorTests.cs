using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class FrozenOperatorTests
{
    [Theory]
    [InlineData("QuantizeLinear", "it is quantized")]
    [InlineData("QLinearConv", "it is quantized")]
    [InlineData("NonMaxSuppression", "it selects by value")]
    [InlineData("RandomNormalLike", "it draws random numbers")]
    public void Every_axis_stays_for_a_reason(string op, string reason)
    {
        var relations = new FrozenOperator().Relate(Nodes.View(op, [[2, 4], null, [4]], [[2, 4], null])).ToArray();

        Assert.Equal(5, relations.Length);
        Assert.All(relations, relation => Assert.StartsWith(reason, Assert.IsType<Core.Axes.AxisRelation.Frozen>(relation).Reason, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("QuantizeLinear", true)]
    [InlineData("NonMaxSuppression", true)]
    [InlineData("DequantizeLinear", false)]
    public void What_rounds_or_selects_jumps(string op, bool jumps) =>
        Assert.Equal(jumps, new FrozenOperator().Jumps(Nodes.View(op, [[4]], [4]).Node));
}
