using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Operators;

/// <summary>
/// What ModelSlim knows about an ONNX operator: how its axes relate, how its attributes and constant inputs follow when an
/// axis gets shorter, and what it costs. It never mentions pruning.
/// </summary>
public abstract class Operator
{
    /// <summary>Names of the operator; more than one where they differ by name only.</summary>
    public abstract IReadOnlyList<string> OpTypes { get; }

    /// <summary>Operator domain; empty for the ONNX operators.</summary>
    public virtual string Domain => "";

    /// <summary>How the node moves elements, where it only does that; null for all others. Its relations can be read off a run.</summary>
    public virtual DataMovement? Movement(Node node) => null;

    /// <summary>
    /// Axes that the node has inside only, as the heads of a fused attention: a name of each, which the node knows it by
    /// (<see cref="NodeView.Inner"/>), and its extent.
    /// </summary>
    public virtual IEnumerable<(string Name, int Extent)> Inner(NodeView node) => [];

    /// <summary>How the axes of inputs and outputs relate. Axes not mentioned are frozen.</summary>
    /// <param name="node">The node, with traced shapes.</param>
    public abstract IEnumerable<AxisRelation> Relate(NodeView node);

    /// <summary>
    /// The node after cuts: attributes and the constant inputs that state sizes. Weights are sliced by whoever applies the
    /// cuts, since <see cref="Relate"/> already said which of their axes follow.
    /// </summary>
    /// <param name="before">The node with the shapes before.</param>
    /// <param name="after">The same node with the shapes after.</param>
    public virtual NodeRewrite Rewrite(NodeView before, NodeView after) => new(before.Node);

    /// <summary>
    /// Inputs that state sizes or places, and that <see cref="Rewrite"/> answers for: what they hold need not stay as it is
    /// when axes get shorter.
    /// </summary>
    public virtual IReadOnlyList<int> SizeInputs => [];

    /// <summary>True where how much comes out hangs on what the inputs hold, as with NonZero.</summary>
    public virtual bool Counts(Node node) => false;

    /// <summary>
    /// Where the operator reads nothing of its input but the shape, as Shape does: for each element of its output, the axes
    /// whose extents it multiplies. Default (not initialised) for all others.
    /// </summary>
    public virtual ImmutableArray<ImmutableArray<AxisRef>> Measured(NodeView node) => default;

    /// <summary>Why an axis that <see cref="Relate"/> does not mention stays, as a clause.</summary>
    public virtual string Silence(Node node) => $"{node.OpType} does not carry this axis on";

    /// <summary>Why no channel gets through the operator, whatever the node, as a clause; null where some may.</summary>
    public virtual string? Barrier(string opType) => null;

    /// <summary>Multiply-accumulates of one run at the given shapes; bias, normalization and activations are not counted.</summary>
    public virtual long Macs(NodeView node) => 0;

    /// <summary>Axes of inputs that the operator sums over: an index that is zero there adds nothing to the others.</summary>
    public virtual IEnumerable<AxisRef> Contracted(NodeView node) => [];

    /// <summary>Which inputs are multiplied with each other.</summary>
    public virtual IEnumerable<Weighing> Weighings(NodeView node) => [];

    /// <summary>Inputs that are added to the output as they are.</summary>
    public virtual IEnumerable<int> Addends(NodeView node) => [];

    /// <summary>The input that holds the factor of each channel after it was normalised to unit variance; null for all others.</summary>
    public virtual int? NormalizedScale => null;

    /// <summary>True where an input holds statistics, which are no parameters, such as a running mean.</summary>
    public virtual bool IsStatistic(int input) => false;

    /// <summary>
    /// True where an output may jump when an input changes by a rounding error, as a place of ArgMax or a rounded number does.
    /// </summary>
    public virtual bool Jumps(Node node) => false;
}
