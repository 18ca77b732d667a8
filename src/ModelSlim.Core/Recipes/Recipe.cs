using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Core.Recipes;

/// <summary>A resolved prune.yaml: every default filled in, every path absolute, every value checked.</summary>
public sealed record Recipe
{
    /// <summary>How the model is made smaller, or what comes first of several.</summary>
    public Method Method { get; init; } = Method.Channels;

    /// <summary>What comes after <see cref="Method"/>, in order, each with what the one before it made; mostly nothing.</summary>
    public ImmutableArray<Method> Then { get; init; } = [];

    /// <summary><see cref="Method"/> and <see cref="Then"/>.</summary>
    public ImmutableArray<Method> Methods => [Method, .. Then];

    /// <summary>Where prune.yaml sets <see cref="Method"/>.</summary>
    public SourceSpan? MethodLocation { get; init; }

    /// <summary>How far to prune.</summary>
    public required TargetSpec Target { get; init; }

    /// <summary>What to prune, and by which ranking.</summary>
    public PruneSpec Prune { get; init; } = new();

    /// <summary>Sizes for the symbolic dimensions of inputs, by input name.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<int>> Inputs { get; init; } =
        ImmutableSortedDictionary.Create<string, ImmutableArray<int>>(StringComparer.Ordinal);

    /// <summary>Where prune.yaml sets <see cref="Inputs"/>.</summary>
    public SourceSpan? InputsLocation { get; init; }

    /// <summary>Data for calibration, training and evaluation.</summary>
    public DataSpec Data { get; init; } = new();

    /// <summary>Whether to repair without labels.</summary>
    public RepairMode Repair { get; init; } = RepairMode.Auto;

    /// <summary>Training before the cut; null where the method has none.</summary>
    public SparsitySpec? Sparsity { get; init; }

    /// <summary>Fine-tuning; null means none.</summary>
    public FineTuneSpec? FineTune { get; init; }

    /// <summary>How whatever trains or takes gradients computes: <c>finetune.numerics</c>, or its default where there is no fine-tuning.</summary>
    public Numerics Numerics => FineTune?.Numerics ?? Numerics.Portable;

    /// <summary>Seed of everything random: <c>finetune.seed</c> or that of the command line, with or without fine-tuning.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>What must hold for the result to be shipped.</summary>
    public AcceptSpec Accept { get; init; } = new();

    /// <summary>How weights of which many are zero are written.</summary>
    public SparseStorage SparseStorage { get; init; }

    /// <summary>Numbers that weights are stored as.</summary>
    public WeightPrecision Precision { get; init; }

    /// <summary>How the app gets the model.</summary>
    public Delivery Delivery { get; init; } = Delivery.Content;
}
