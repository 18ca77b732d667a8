using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Tests.Graphs;

namespace ModelSlim.Core.Tests.Axes;

public sealed class AxisPairingTests
{
    [Theory]
    [InlineData(0, 0, AxisPairKind.OneToOne)]
    [InlineData(0, 1, AxisPairKind.Independent)]
    [InlineData(1, 0, AxisPairKind.Independent)]
    [InlineData(1, 1, AxisPairKind.OutputIsFiner)]
    [InlineData(2, 1, AxisPairKind.OutputIsFiner)]
    public void Joined_axes_meet_the_axis_they_make(int a, int b, object kind) => Assert.Equal(kind, Pairing([2, 3, 4], [2, 12]).Between(a, b).Kind);

    [Theory]
    [InlineData(1, 1, AxisPairKind.InputIsFiner)]
    [InlineData(1, 2, AxisPairKind.InputIsFiner)]
    [InlineData(0, 2, AxisPairKind.Independent)]
    public void A_split_axis_meets_what_it_is_split_into(int a, int b, object kind) => Assert.Equal(kind, Pairing([2, 12], [2, 3, 4]).Between(a, b).Kind);

    [Theory]
    [InlineData(0, 0, AxisPairKind.Tangled)]
    [InlineData(0, 1, AxisPairKind.Independent)]
    [InlineData(1, 1, AxisPairKind.Independent)]
    public void Axes_that_do_not_divide_each_other_are_tangled(int a, int b, object kind) => Assert.Equal(kind, Pairing([6, 4], [4, 6]).Between(a, b).Kind);

    [Fact]
    public void Places_are_those_of_the_other_side()
    {
        var pair = Pairing([2, 3], [6]).Between(0, 0);

        Assert.Equal([0, 0, 0, 1, 1, 1], pair.SourceOfOutput);
    }

    private static AxisPairing Pairing(ImmutableArray<int> from, ImmutableArray<int> to) =>
        new(from, to, HandTrace.Stay(from.Aggregate(1, (count, extent) => count * extent)), 0);
}
