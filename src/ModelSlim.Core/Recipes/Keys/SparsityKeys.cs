using Key = ModelSlim.Core.Recipes.Keys.RecipeKey<ModelSlim.Core.Recipes.SparsitySpec>;

namespace ModelSlim.Core.Recipes.Keys;

/// <summary>Keys of section <c>sparsity</c>.</summary>
internal static class SparsityKeys
{
    /// <summary>The section.</summary>
    public static SectionKind<SparsitySpec> Section { get; } = new(
        new SparsitySpec(),
        Key.Of(
            "epochs",
            new IntegerKind<int>(1, 100_000),
            sparsity => sparsity.Epochs,
            (sparsity, value) => sparsity with { Epochs = value },
            "Passes over the training samples before each cut."),
        Key.Of(
            "regularizer",
            new ChoiceKind<Regularizer>(
                ("l1-scale", Regularizer.ScaleL1), ("group-lasso", Regularizer.GroupLasso), ("growing", Regularizer.Growing)),
            sparsity => sparsity.Regularizer,
            (sparsity, value) => sparsity with { Regularizer = value },
            "What makes channels fade (`method: slimming`): an L1 penalty on the factor behind each channel (`l1-scale`), on the norm "
                + "of everything that belongs to it (`group-lasso`), or decay that grows for the weakest (`growing`)."),
        Key.Of(
            "weight",
            new AutoOrKind<double>(new NumberKind(new NumberRange(0, 1000, MinOpen: true))),
            sparsity => sparsity.Weight,
            (sparsity, value) => sparsity with { Weight = value },
            "How strong that is. `auto` follows from the target and `accept.max_drop`."));
}
