using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Dependencies;

/// <summary>
/// The channels of a graph whose classes are settled: classes that are no joined axis's, each with the joined ones that it takes along,
/// where stored weights are among them. Places of pictures and the like are none.
/// </summary>
internal sealed class ChannelClasses
{
    private readonly CellSpace cells;
    private readonly ChannelReach reach;
    private readonly bool[] isWeight;
    private readonly bool[] hasWeights;

    /// <summary>Reads the classes.</summary>
    public ChannelClasses(CellSpace cells, RelationCompiler relations, GraphIndex index)
    {
        this.cells = cells;
        reach = new ChannelReach(cells, relations.Products);
        isWeight = new bool[cells.Axes.Count];
        hasWeights = new bool[cells.Count];
        for (var axis = 0; axis < cells.Axes.Count; axis++)
        {
            // A weight: a stored tensor of floating-point numbers, or of bytes, as quantized ones are.
            isWeight[axis] = index.Constant(cells.Axes[axis].Value) is { IsFloatingPoint: true } or { Type: ElementType.Int8 or ElementType.UInt8 };
            for (var i = 0; isWeight[axis] && i < cells.Extent(cells.Axes[axis]); i++)
            {
                hasWeights[cells.Class(cells.Start(axis) + i)] = true;
            }
        }
    }

    /// <summary>Follows channels to their cells.</summary>
    public ChannelReach Reach => reach;

    /// <summary>True where the axis of that number is a stored weight's.</summary>
    public bool IsWeight(int axisNumber) => isWeight[axisNumber];

    /// <summary>The classes of each channel, in graph order.</summary>
    public IEnumerable<List<int>> All()
    {
        for (var cell = 0; cell < cells.Count; cell++)
        {
            if (reach.Starts(cell) && reach.Classes(cell) is var classes && classes.Exists(of => hasWeights[of]))
            {
                yield return classes;
            }
        }
    }

    /// <summary>The classes of which some may go: of channels that nothing freezes.</summary>
    public HashSet<int> Removable(Dictionary<int, FreezeReason> frozen)
    {
        var removable = new HashSet<int>();
        foreach (var classes in All().Where(classes => !classes.Exists(frozen.ContainsKey)))
        {
            removable.UnionWith(classes);
        }

        return removable;
    }
}
