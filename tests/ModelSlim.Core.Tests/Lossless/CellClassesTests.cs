using ModelSlim.Core.Axes;
using ModelSlim.Core.Dependencies;
using ModelSlim.Core.Lossless;

namespace ModelSlim.Core.Tests.Lossless;

public sealed class CellClassesTests
{
    [Fact]
    public void Every_cell_of_a_class_gives_all_of_it()
    {
        var cells = new CellSpace();
        cells.Add("a", [3, 2]);
        cells.Add("b", [2]);
        cells.Seal();
        cells.Unite(cells.Cell(new AxisRef("a", 0), 2), cells.Cell(new AxisRef("b", 0), 1));
        cells.Unite(cells.Cell(new AxisRef("a", 1), 0), cells.Cell(new AxisRef("b", 0), 1));
        var classes = new CellClasses(cells);

        foreach (var cell in new[] { 2, 3, 6 })
        {
            Assert.Equal([2, 3, 6], classes.Of(cell).ToArray());
        }

        Assert.Equal([4], classes.Of(4).ToArray());
        Assert.Equal((new AxisRef("a", 1), 1), (classes.AxisOf(4), classes.PlaceOf(4)));
        Assert.Equal((new AxisRef("b", 0), 1), (classes.AxisOf(6), classes.PlaceOf(6)));
    }
}
