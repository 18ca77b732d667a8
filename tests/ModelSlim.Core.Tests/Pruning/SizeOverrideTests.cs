using ModelSlim.Core.Pruning;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Tests.Pruning;

public sealed class SizeOverrideTests
{
    [Theory]
    [InlineData(new[] { 2L, 8, 3 }, new[] { 2L, 6, 3 }, "Mul by 1,6,1; Div by 1,8,1")]
    [InlineData(new[] { 2L, 4 }, new[] { 2L, 1 }, "Div by 1,4")]
    [InlineData(new[] { 0L, 4 }, new[] { 3L, 4 }, "Add by 3,0")]
    [InlineData(new[] { 0L, 4 }, new[] { 3L, 8 }, "Mul by 1,8; Div by 1,4; Add by 3,0")]
    public void Only_elements_that_differ_are_scaled(long[] now, long[] wanted, string expected)
    {
        var stored = new Dictionary<string, TensorData>();
        var nodes = SizeOverride.Scale("from", "to", ElementType.Int64, [now.Length], [.. now], [.. wanted], (name, tensor) =>
        {
            stored[name] = tensor;
            return name;
        }).ToArray();

        Assert.Equal(expected, string.Join("; ", nodes.Select(node => $"{node.OpType} by {string.Join(',', stored[node.Inputs[1]].ToInt64s())}")));
        Assert.Equal(("from", "to"), (nodes[0].Inputs[0], nodes[^1].Outputs[0]));
    }
}
