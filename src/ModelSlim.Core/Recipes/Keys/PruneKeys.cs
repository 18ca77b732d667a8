using Key = ModelSlim.Core.Recipes.Keys.RecipeKey<ModelSlim.Core.Recipes.PruneSpec>;

namespace ModelSlim.Core.Recipes.Keys;

/// <summary>Keys of section <c>prune</c>.</summary>
internal static class PruneKeys
{
    /// <summary>The section.</summary>
    public static SectionKind<PruneSpec> Section { get; } = new(
        new PruneSpec(),
        Key.Of(
            "criterion",
            new ChoiceKind<Criterion>(
                ("auto", Criterion.Auto),
                ("magnitude", Criterion.Magnitude),
                ("bn-scale", Criterion.BatchNormScale),
                ("fpgm", Criterion.GeometricMedian),
                ("lamp", Criterion.Lamp),
                ("wanda", Criterion.Wanda),
                ("reconstruction", Criterion.Reconstruction),
                ("taylor", Criterion.Taylor),
                ("fisher", Criterion.Fisher),
                ("random", Criterion.Random)),
            prune => prune.Criterion,
            (prune, value) => prune with { Criterion = value },
            "How channels, or single weights, are scored; the lowest go first. `auto` takes the best that the data at hand allows. Single weights: "
                + "`magnitude`, `lamp`, `wanda`, `reconstruction` (the weights that stay make up for those that go) or `random`."),
        Key.Of(
            "scope",
            new ChoiceKind<Scope>(("auto", Scope.Auto), ("global", Scope.Global), ("local", Scope.Local), ("isomorphic", Scope.Isomorphic)),
            prune => prune.Scope,
            (prune, value) => prune with { Scope = value },
            "Which channels compete: those of all groups (`global`), each group's for itself at one ratio (`local`), or those of "
                + "groups that are built alike, every kind at one ratio (`isomorphic`). `auto` is `global` where scores are errors of "
                + "layers, as those of `reconstruction` are, else `local`."),
        Key.Of(
            "steps",
            new IntegerKind<int>(1, 100),
            prune => prune.Steps,
            (prune, value) => prune with { Steps = value },
            "Cuts on the way to the target; after each come repair and `finetune`, and channels are scored again."),
        Key.Of(
            "gradual",
            new FractionKind(zero: true, one: false),
            prune => prune.Gradual,
            (prune, value) => prune with { Gradual = value },
            "Part of `finetune` in which sparsity grows from four fifths of the target to the target (`method: unstructured`, and `n:m` with blocks "
                + "such as `4x1`). Those go there that the loss misses least, as its slopes tell (`magnitude`, `lamp` and `random`: by these), and what "
                + "is zero stays zero. 0: all become zero before it."),
        Key.Of(
            "round_to",
            new AutoOrKind<int>(new IntegerKind<int>(1, 1024)),
            prune => prune.RoundTo,
            (prune, value) => prune with { RoundTo = value },
            "Channel counts are kept to multiples of this. `auto` suits the CPU's SIMD width."),
        Key.Of(
            "max_ratio",
            new FractionKind(zero: false, one: false),
            prune => prune.MaxRatio,
            (prune, value) => prune with { MaxRatio = value },
            "Largest part of any one group's channels that may go."),
        Key.Of(
            "ignore",
            new ListKind<IgnorePattern>(new GlobKind(), 0, int.MaxValue) { OrSingle = true },
            prune => prune.Ignore,
            (prune, value) => prune with { Ignore = value },
            "Nodes and tensors that must not change; `*` stands for any text, `?` for one character."));
}
