using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Lossless;
using ModelSlim.Core.Tensors;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Lossless;

public sealed class WeightBenchTests
{
    private static readonly AxisRef Rows = new("w", 0);
    private static readonly AxisRef Columns = new("w", 1);

    private readonly WeightBench bench;

    public WeightBenchTests()
    {
        var net = new ModelBuilder();
        net.Output(net.Node("Identity", [net.Initializer("w", TensorData.From([2, 3], [1f, 2, 3, 4, 5, 6]))], [2, 3]));
        bench = new WeightBench(new GraphIndex(net.Build().Graph));
    }

    [Fact]
    public void A_slice_is_cleared_and_nothing_else()
    {
        bench.Clear(Columns, 1);

        Assert.True(bench.IsZero(Columns, 1));
        Assert.False(bench.IsZero(Columns, 0));
        Assert.Equal([1, 0, 3, 4, 0, 6], bench.Changes["w"].ToSingles());
    }

    [Fact]
    public void Slices_are_added_and_summed_as_they_are_by_then()
    {
        bench.AddSlice(Rows, 0, 1);

        Assert.Equal([1, 2, 3, 5, 7, 9], bench.Changes["w"].ToSingles());
        Assert.Equal([2, 7], bench.Sums(Columns, 1, along: 0));
    }

    [Fact]
    public void What_is_only_read_is_no_change()
    {
        bench.IsZero(Rows, 0);

        Assert.Empty(bench.Changes);
    }
}
