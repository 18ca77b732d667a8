using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class EmbedLayerNormalizationTests
{
    [Fact]
    public void Tables_and_vectors_follow_the_hidden_axis() => Assert.Equal(
        ["x2[1]=y0[2]", "x3[1]=y0[2]", "x5[0]=y0[2]", "x6[0]=y0[2]", "y2[2]=y0[2]", "~y0[2]"],
        Nodes.Relations<EmbedLayerNormalization>(Nodes.View(
            "EmbedLayerNormalization", [[2, 3], null, [9, 4], [8, 4], null, [4], [4]], [[2, 3, 4], [2], [2, 3, 4]])));
}
