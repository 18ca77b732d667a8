using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Training.Kernels;

namespace ModelSlim.Training.Modules;

/// <summary>One node of a program. Values are numbered.</summary>
/// <param name="Node">The node.</param>
/// <param name="Kernel">What runs it.</param>
/// <param name="Opset">Version of its operator's domain.</param>
/// <param name="Inputs">Numbers of its inputs; -1 where an optional input is left out.</param>
/// <param name="Outputs">Numbers of its outputs; -1 where nobody reads one.</param>
/// <param name="Releases">Values that nobody reads after this step.</param>
/// <param name="MayOverwrite">Whether it may write its output over its first input.</param>
/// <param name="Guards">When it runs, the outermost condition first; always where there is none.</param>
/// <param name="KeepsStatistics">
/// Whether it runs as in inference even while training, because its statistics are not its own to change.
/// </param>
public sealed record ProgramStep(
    Node Node,
    Kernel Kernel,
    int Opset,
    ImmutableArray<int> Inputs,
    ImmutableArray<int> Outputs,
    ImmutableArray<int> Releases,
    bool MayOverwrite,
    ImmutableArray<Guard> Guards,
    bool KeepsStatistics);
