using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class MeanVarianceNormalizationTests
{
    [Fact]
    public void Channels_are_normalized_by_themselves() =>
        Assert.Equal(["x0[0]=y0[0]", "~x0[0]", "x0[1]=y0[1]", "x0[2]=y0[2]", "~x0[2]", "x0[3]=y0[3]", "~x0[3]"], Relations());

    [Fact]
    public void Stated_axes_are_mixed() =>
        Assert.Equal(["x0[0]=y0[0]", "x0[1]=y0[1]", "~x0[1]", "x0[2]=y0[2]", "x0[3]=y0[3]", "~x0[3]"], Relations(("axes", Nodes.Ints(1, -1))));

    [Fact]
    public void Channels_are_mixed_where_they_are_normalized_together() =>
        Assert.Contains("~x0[1]", Relations(("across_channels", Nodes.Int(1))));

    private static string[] Relations(params (string, Core.Graphs.AttributeValue)[] attributes) =>
        Nodes.Relations<MeanVarianceNormalization>(Nodes.View("MeanVarianceNormalization", [[2, 4, 3, 3]], [2, 4, 3, 3], attributes));
}
