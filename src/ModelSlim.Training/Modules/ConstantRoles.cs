using System.Collections.Immutable;
using ModelSlim.Core.Tensors;
using ModelSlim.Training.Kernels;

namespace ModelSlim.Training.Modules;

/// <summary>
/// What the constants of a program are for, as their readers say; where a reader only moves or converts a constant, as the
/// readers of its output say.
/// </summary>
internal sealed class ConstantRoles
{
    private readonly ImmutableArray<Kernel> kernels;
    private readonly IReadOnlyList<ImmutableArray<int>> writes;
    private readonly ILookup<int, (int Step, int Input)> readers;

    /// <summary>Looks at a program.</summary>
    /// <param name="kernels">Kernel of each step.</param>
    /// <param name="reads">Values that each step reads; -1 where an input is left out.</param>
    /// <param name="writes">Values that each step writes; -1 where nobody reads an output.</param>
    public ConstantRoles(
        ImmutableArray<Kernel> kernels, IReadOnlyList<ImmutableArray<int>> reads, IReadOnlyList<ImmutableArray<int>> writes)
    {
        this.kernels = kernels;
        this.writes = writes;
        readers = reads
            .SelectMany((values, step) => values.Select((value, input) => (value, Place: (Step: step, Input: input))))
            .ToLookup(entry => entry.value, entry => entry.Place);
    }

    /// <summary>The role of a constant: a setting where its readers differ, and where it is no tensor of real numbers.</summary>
    public InputRole Of(int value, TensorData constant)
    {
        var said = constant.IsFloatingPoint ? Said(value, constant).Distinct().Take(2).ToArray() : [];
        return said is [var role] ? role : InputRole.Setting;
    }

    private IEnumerable<InputRole> Said(int value, TensorData constant) => readers[value].SelectMany(reader =>
        kernels[reader.Step].Passes(reader.Input)
            ? writes[reader.Step].Where(output => output >= 0).SelectMany(output => Said(output, constant))
            : [kernels[reader.Step].Role(reader.Input, constant)]);
}
