using ModelSlim.Core.Axes;
using ModelSlim.Core.Dependencies;

namespace ModelSlim.Core.Tests.Dependencies;

public sealed class RaggedAxesTests
{
    [Theory]
    [InlineData(new[] { 0, 1, 3, 4 }, false)] // Rows 0 and 1, columns 0 and 1.
    [InlineData(new[] { 3, 4, 5 }, false)] // All of row 1.
    [InlineData(new[] { 3, 3 }, false)]
    [InlineData(new[] { 0, 4 }, true)] // Were row 0 and column 1 to go, nothing would be left.
    [InlineData(new[] { 0, 1, 2, 3 }, true)]
    public void A_part_of_joined_axes_must_be_a_rectangle(int[] taken, bool isRagged)
    {
        var cells = new CellSpace();
        cells.Add("rows", [2]);
        cells.Add("columns", [3]);
        cells.Add("joined", [6]);
        cells.Add("taken", [taken.Length]);
        cells.Seal();
        var relations = new RelationCompiler(cells);
        relations.Add(new AxisRelation.Product(
            new AxisRef("joined", 0), [new AxisRef("rows", 0), new AxisRef("columns", 0)], [[0, 0, 0, 1, 1, 1], [0, 1, 2, 0, 1, 2]]));
        relations.Add(new AxisRelation.Moved(new AxisRef("taken", 0), new AxisRef("joined", 0), [.. taken]));

        var all = Enumerable.Range(0, cells.Count).ToHashSet();
        Assert.Equal(isRagged, new RaggedAxes(cells, relations.Products).Find(all).Contains(new AxisRef("taken", 0)));
        Assert.DoesNotContain(new AxisRef("joined", 0), new RaggedAxes(cells, relations.Products).Find(all));
        Assert.Empty(new RaggedAxes(cells, relations.Products).Find(new HashSet<int>()));
    }
}
