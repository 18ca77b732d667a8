using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class LocalResponseNormalizationTests
{
    [Theory]
    [InlineData(5, "x0[0]=y0[0] x0[1]=y0[1] x0[2]=y0[2] ~x0[1]")]
    [InlineData(1, "x0[0]=y0[0] x0[1]=y0[1] x0[2]=y0[2]")]
    public void Neighbours_are_mixed(int size, string relations) => Assert.Equal(
        relations,
        string.Join(' ', Nodes.Relations<LocalResponseNormalization>(Nodes.View("LRN", [[2, 6, 3]], [2, 6, 3], ("size", Nodes.Int(size))))));
}
