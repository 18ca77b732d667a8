using System.Collections.Immutable;

namespace ModelSlim.Core.Axes;

/// <summary>
/// What an operator says about its axes. An axis of an input or output that no relation mentions is frozen.
/// </summary>
public abstract record AxisRelation
{
    private AxisRelation()
    {
    }

    /// <summary>Index i of the one is index i of the other; both have the same extent.</summary>
    public sealed record Tied(AxisRef One, AxisRef Other) : AxisRelation;

    /// <summary>Index i of <paramref name="Slice"/> is index <paramref name="Offset"/> + i of <paramref name="Whole"/>.</summary>
    public sealed record Part(AxisRef Whole, int Offset, AxisRef Slice) : AxisRelation;

    /// <summary>
    /// Index i of <paramref name="Outer"/> owns the run [i * r, (i + 1) * r) of <paramref name="Merged"/>, with r the ratio of
    /// the extents.
    /// </summary>
    public sealed record Blocked(AxisRef Outer, AxisRef Merged) : AxisRelation;

    /// <summary>Index i of <paramref name="Long"/> is index i modulo its extent of <paramref name="Short"/>.</summary>
    public sealed record Repeated(AxisRef Short, AxisRef Long) : AxisRelation;

    /// <summary>The axis is <paramref name="Groups"/> runs of the same length, and each must keep the same places.</summary>
    public sealed record Grouped(AxisRef Axis, int Groups) : AxisRelation;

    /// <summary>Place i of one axis is the place <paramref name="Places"/>[i] of the other; -1 where it is none.</summary>
    public sealed record Moved(AxisRef To, AxisRef From, ImmutableArray<int> Places) : AxisRelation;

    /// <summary>
    /// Each index of <paramref name="Merged"/> is one index of every factor at once, as where Reshape splits or joins axes:
    /// it goes when any of them goes, and never alone.
    /// </summary>
    /// <param name="Merged">The joined axis.</param>
    /// <param name="Factors">The axes it is made of.</param>
    /// <param name="Places">For each factor: its index at every index of the joined axis.</param>
    public sealed record Product(AxisRef Merged, ImmutableArray<AxisRef> Factors, ImmutableArray<ImmutableArray<int>> Places)
        : AxisRelation
    {
        /// <summary>
        /// The relation of an axis and its factors, the outermost first. Factors of extent 1 decide nothing and are left out; where
        /// one is left, it is the axis.
        /// </summary>
        public static IEnumerable<AxisRelation> RowMajor(AxisRef merged, params (AxisRef Axis, int Extent)[] factors)
        {
            var real = factors.Where(factor => factor.Extent > 1).ToArray();
            if (real.Length == 1)
            {
                return [new Tied(merged, real[0].Axis)];
            }

            var extent = real.Aggregate(1, (product, factor) => product * factor.Extent);
            var places = new List<ImmutableArray<int>>();
            var run = extent;
            foreach (var (_, length) in real)
            {
                run /= length;
                var step = run;
                places.Add([.. Enumerable.Range(0, extent).Select(i => i / step % length)]);
            }

            return real.Length == 0 ? [] : [new Product(merged, [.. real.Select(factor => factor.Axis)], [.. places])];
        }
    }

    /// <summary>
    /// How a node splits axes, so that whole runs may go or the same places of every run; unless another node splits one of
    /// them in another way: then what this node says instead.
    /// </summary>
    /// <param name="Products">The axes it splits.</param>
    /// <param name="Otherwise">What holds where the axes cannot be split like that.</param>
    public sealed record Split(ImmutableArray<Product> Products, ImmutableArray<AxisRelation> Otherwise) : AxisRelation
    {
        /// <summary>An axis that is runs of the same length, one after the other, as a product of runs and places.</summary>
        /// <param name="axis">The axis.</param>
        /// <param name="runs">The axis that counts runs.</param>
        /// <param name="places">The axis that counts places in a run.</param>
        /// <param name="length">Number of places in a run.</param>
        /// <param name="extent">Extent of the axis.</param>
        public static Product Runs(AxisRef axis, AxisRef runs, AxisRef places, int length, int extent) => new(
            axis,
            [runs, places],
            [[.. Enumerable.Range(0, extent).Select(i => i / length)], [.. Enumerable.Range(0, extent).Select(i => i % length)]]);
    }

    /// <summary>The axis may get shorter, but its channels influence each other, so that the cut is approximate.</summary>
    public sealed record Mixed(AxisRef Axis, string Reason) : AxisRelation;

    /// <summary>The axis must not change.</summary>
    public sealed record Frozen(AxisRef Axis, string Reason) : AxisRelation;

    /// <summary>The axes this relation speaks of.</summary>
    public IEnumerable<AxisRef> Axes => this switch
    {
        Tied r => [r.One, r.Other],
        Part r => [r.Whole, r.Slice],
        Blocked r => [r.Outer, r.Merged],
        Repeated r => [r.Short, r.Long],
        Grouped r => [r.Axis],
        Moved r => [r.To, r.From],
        Product r => [r.Merged, .. r.Factors],
        Split r => [.. r.Products.SelectMany(product => product.Axes), .. r.Otherwise.SelectMany(relation => relation.Axes)],
        Mixed r => [r.Axis],
        Frozen r => [r.Axis],
        _ => throw new InvalidOperationException($"{GetType().Name} names no axes."),
    };
}
