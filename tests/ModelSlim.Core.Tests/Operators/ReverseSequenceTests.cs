using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class ReverseSequenceTests
{
    [Fact]
    public void Time_stays_and_lengths_follow_the_batch() => Assert.Equal(
        ["x0[1]=x1[0]", "x0[1]=y0[1]", "x0[2]=y0[2]"],
        Nodes.Relations<ReverseSequence>(Nodes.View("ReverseSequence", [[6, 2, 3], [2]], [[6, 2, 3]])));
}
