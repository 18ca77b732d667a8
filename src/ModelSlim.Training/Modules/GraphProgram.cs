using System.Collections.Immutable;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Training.Modules;

/// <summary>A graph made ready to run: numbered values, a kernel for each node, and when each value can go. Holds no tensor.</summary>
/// <param name="Graph">The graph.</param>
/// <param name="Values">Name of each value, by number.</param>
/// <param name="Constants">The constants that nodes read.</param>
/// <param name="Inputs">Numbers of the graph's inputs.</param>
/// <param name="Outputs">Numbers of the graph's outputs.</param>
/// <param name="Steps">The nodes that lead to an output, in order.</param>
public sealed record GraphProgram(
    Graph Graph,
    ImmutableArray<string> Values,
    ImmutableArray<ProgramConstant> Constants,
    ImmutableArray<int> Inputs,
    ImmutableArray<int> Outputs,
    ImmutableArray<ProgramStep> Steps)
{
    /// <summary>Samples that the file was exported for: the first extent of its first input, or 1 where that is free.</summary>
    public int TracedBatch =>
        Graph.Inputs is [{ Shape: { IsDefaultOrEmpty: false } shape }, ..] && shape[0].Extent is { } extent ? extent : 1;
}
