using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Simplification;

/// <summary>
/// Tells the values that follow from constants and from the sizes of the inputs, whatever the elements of the inputs are. What is
/// measured of a value whose own size hangs on elements, such as the number of boxes found, is not among them.
/// </summary>
internal sealed class ShapeCertainty
{
    private readonly ShapeOrigins origins;

    /// <summary>Looks at a traced graph.</summary>
    public ShapeCertainty(GraphIndex index, ValueTrace trace, OperatorCatalog catalog)
    {
        origins = new ShapeOrigins(index, trace, catalog);
    }

    /// <summary>True where no size can change from run to run.</summary>
    public bool IsStatic => origins.IsStatic;

    /// <summary>True where a value follows from constants and sizes of inputs alone.</summary>
    public bool Has(string value) => origins.Has(value) && Measured(value).All(origins.IsSized);

    /// <summary>True where the size of a value hangs on no element of an input.</summary>
    public bool IsSized(string value) => origins.IsSized(value);

    /// <summary>The elements of outputs of Shape and its like that a value hangs on: the name of the output, and the place in it.</summary>
    public IEnumerable<AxisRef> Measures(string value) => origins.Of(value).Measures;

    private IEnumerable<string> Measured(string value) =>
        origins.Of(value).Measures.SelectMany(measure => origins.Measures[measure]).Select(axis => axis.Value);
}
