using System.Collections.Immutable;
using ModelSlim.Core.Lossless;

namespace ModelSlim.Core.Reports;

/// <summary>What <c>modelslim inspect</c> tells of a model.</summary>
public sealed record InspectionReport
{
    /// <summary>File name of the model, without its folder.</summary>
    public required string Model { get; init; }

    /// <summary>Parameters.</summary>
    public required long Params { get; init; }

    /// <summary>Multiply-accumulates of one forward pass at batch 1.</summary>
    public required long Macs { get; init; }

    /// <summary>Size of the file.</summary>
    public required long Bytes { get; init; }

    /// <summary>Version of the ONNX operators.</summary>
    public required int Opset { get; init; }

    /// <summary>Inputs with their traced shapes.</summary>
    public required ImmutableArray<ValueShape> Inputs { get; init; }

    /// <summary>Outputs with their traced shapes.</summary>
    public required ImmutableArray<ValueShape> Outputs { get; init; }

    /// <summary>How often each operator occurs.</summary>
    public required ImmutableSortedDictionary<string, int> Operators { get; init; }

    /// <summary>Groups of channels that can be removed.</summary>
    public required ImmutableArray<GroupReport> Groups { get; init; }

    /// <summary>Channels that can go without changing any output.</summary>
    public ImmutableArray<LosslessRemoval> Lossless { get; init; } = [];

    /// <summary>How many weights are zero, of those that a layer multiplies and adds up with.</summary>
    public SparsityReport? Sparsity { get; init; }

    /// <summary>What must stay, and why.</summary>
    public required ImmutableArray<FrozenPart> Frozen { get; init; }
}
