using ModelSlim.Core.Files;
using Key = ModelSlim.Core.Recipes.Keys.RecipeKey<ModelSlim.Core.Recipes.TargetSpec>;

namespace ModelSlim.Core.Recipes.Keys;

/// <summary>Keys of section <c>target</c>.</summary>
internal static class TargetKeys
{
    /// <summary>The section.</summary>
    public static SectionKind<TargetSpec> Section { get; } = new(
        new TargetSpec(),
        Key.Of(
            "macs",
            new OptionalKind<double>(new FractionKind(zero: false, one: true)),
            target => target.Macs,
            (target, value) => target with { Macs = value },
            "Largest number of multiply-accumulates, of the original's."),
        Key.Of(
            "params",
            new OptionalKind<double>(new FractionKind(zero: false, one: true)),
            target => target.Params,
            (target, value) => target with { Params = value },
            "Largest number of parameters, of the original's."),
        Key.Of(
            "size",
            new LimitKind("4MB", [.. ByteUnits.All]),
            target => target.Size,
            (target, value) => target with { Size = value },
            "Largest size of the written file, in bytes or of the original's."),
        Key.Of(
            "latency",
            new LimitKind("5ms", ("us", 1e-3), ("ms", 1), ("s", 1e3)),
            target => target.Latency,
            (target, value) => target with { Latency = value },
            "Longest time of one sample in ONNX Runtime on this machine, as such or of the original's; with `method: dynamic` the mean over "
                + "samples. Measured when the plan is made; "
                + "the result in the store is then what it is on every machine."),
        Key.Of(
            "sparsity",
            new SparsityKind(),
            target => target.Sparsity,
            (target, value) => target with { Sparsity = value },
            "Share of single weights that become zero (`method: unstructured`); or with `method: n:m` how many of every few that are summed up stay (`2:4`), "
                + "or the share of blocks of so many outputs by one input that become zero as a whole (`80% in 4x1`). N:M decides within each block, "
                + "in one step: without `prune.scope`, `steps` and `gradual`, and not by `lamp`."))
    {
        AnyOf = ["macs", "params", "size", "latency", "sparsity"],
        Locate = (target, span) => target with { Location = span },
    };
}
