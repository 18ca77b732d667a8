using System.Collections.Immutable;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Operators;

/// <summary>
/// Which inputs of a node are moved, so that running it on positions in their place shows where each element goes. What the
/// other inputs hold, such as shapes and places, stays as it is.
/// </summary>
/// <param name="Sources">The inputs whose elements are moved.</param>
public sealed record DataMovement(ImmutableArray<int> Sources)
{
    /// <summary>The input whose element fills places that come from nowhere, such as the border of Pad.</summary>
    public int? FillInput { get; init; }

    /// <summary>The attribute that fills such places.</summary>
    public string? FillAttribute { get; init; }

    /// <summary>
    /// True where only few integers are worth following, as in shape arithmetic: the operator knows how its axes relate.
    /// </summary>
    public bool IntegersOnly { get; init; }

    /// <summary>The first input, as of Reshape.</summary>
    public static DataMovement OfFirst { get; } = new([0]);

    /// <summary>Every input, as of Concat.</summary>
    public static DataMovement OfAll(Node node) => new([.. Enumerable.Range(0, node.Inputs.Length)]);
}
