using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class InstanceNormalizationTests
{
    [Fact]
    public void Scale_and_shift_follow_the_channels_and_places_stay() => Assert.Equal(
        ["x0[0]=y0[0]", "x0[1]=y0[1]", "x0[1]=x1[0]", "x0[1]=x2[0]"],
        Nodes.Relations<InstanceNormalization>(Nodes.View("InstanceNormalization", [[2, 4, 3, 3], [4], [4]], [2, 4, 3, 3])));
}
