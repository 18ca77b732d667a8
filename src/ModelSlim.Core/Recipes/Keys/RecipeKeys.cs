using System.Collections.Immutable;
using Key = ModelSlim.Core.Recipes.Keys.RecipeKey<ModelSlim.Core.Recipes.Recipe>;

namespace ModelSlim.Core.Recipes.Keys;

/// <summary>
/// Every key of prune.yaml. The binder, the JSON schema and the README table are made from this table alone; defaults are
/// those of the records that the keys are read into.
/// </summary>
internal static class RecipeKeys
{
    /// <summary>The whole recipe.</summary>
    public static SectionKind<Recipe> Root { get; } = new(
        new Recipe { Target = new TargetSpec() },
        Key.Fixed("version", new IntegerKind<int>(1, 1), 1, "Version of the recipe's format."),
        Key.Of(
            "method",
            new ListKind<Method>(new ChoiceKind<Method>([.. Enum.GetValues<Method>().Select(method => (method.Word(), method))]), 1, 3) { OrSingle = true },
            recipe => recipe.Methods,
            (recipe, value) => recipe with { Method = value[0], Then = value[1..] },
            "How the model is made smaller. Whole channels go by their scores (`channels`), after training that makes them fade "
                + "(`slimming`), or after training in which they are zero for a while (`soft`). Or single weights become zero: any "
                + "(`unstructured`), or some of every few (`n:m`); then files pack better, and ONNX Runtime on a CPU is no faster. Or nothing goes, "
                + "and samples that are easy leave a classifier early (`dynamic`). A list is carried out in its order: first channels, then single "
                + "weights, then `dynamic`; each target and key goes to the methods that have it."),
        Key.Of(
            "target",
            TargetKeys.Section,
            recipe => recipe.Target,
            (recipe, value) => recipe with { Target = value },
            "How small the model must become; every recipe says it, and all that are set must hold."),
        Key.Of(
            "prune",
            PruneKeys.Section,
            recipe => recipe.Prune,
            (recipe, value) => recipe with { Prune = value },
            "What is removed."),
        Key.Of(
            "inputs",
            Inputs,
            recipe => recipe.Inputs,
            (recipe, value) => recipe with { Inputs = value },
            "Shapes of model inputs that have symbolic dimensions, by input name."),
        Key.Of(
            "data",
            DataKeys.Section,
            recipe => recipe.Data,
            (recipe, value) => recipe with { Data = value },
            "Samples. Paths are relative to the recipe, with `/` between folders."),
        Key.Of(
            "repair",
            new ChoiceKind<RepairMode>(("auto", RepairMode.Auto), ("off", RepairMode.Off)),
            recipe => recipe.Repair,
            (recipe, value) => recipe with { Repair = value },
            "Repair without labels: channels that change no output go first, and after the cut come bias compensation and least squares on "
                + "calibration samples. `method: dynamic`, which cuts nothing, has the first alone."),
        Key.Of(
            "sparsity",
            SparsityKeys.Section,
            recipe => recipe.Sparsity,
            (recipe, value) => recipe with { Sparsity = value },
            "Training before the cut (`method: slimming` and `soft`), with batch, optimizer and distillation of `finetune`."),
        Key.Of(
            "finetune",
            FineTuneKeys.Section,
            recipe => recipe.FineTune,
            (recipe, value) => recipe with { FineTune = value },
            "Training after the cut; none where it is left out."),
        Key.Of(
            "accept",
            AcceptKeys.Section,
            recipe => recipe.Accept,
            (recipe, value) => recipe with { Accept = value },
            "Gates: what must hold for the result to be used."),
        Key.Of(
            "output",
            Output,
            recipe => recipe,
            (recipe, value) => recipe with { Delivery = value.Delivery, SparseStorage = value.SparseStorage, Precision = value.Precision },
            "What happens to the result."))
    {
        Required = ["target"],
    };

    /// <summary>Values of <c>inputs</c>.</summary>
    public static MapKind<ImmutableArray<int>> Inputs => new(new ListKind<int>(new IntegerKind<int>(1, int.MaxValue), 1, 8));

    private static SectionKind<Recipe> Output => new(
        new Recipe { Target = new TargetSpec() },
        Key.Of(
            "delivery",
            new ChoiceKind<Delivery>(
                ("content", Delivery.Content), ("none", Delivery.None), ("embed", Delivery.Embed))
            {
                Planned = ["web", "maui"],
            },
            recipe => recipe.Delivery,
            (recipe, value) => recipe with { Delivery = value },
            "How the app gets the model: a file beside it, packed with a library too (`content`); a file beside it (`none`); "
            + "a resource in the assembly (`embed`)."),
        Key.Of(
            "sparse",
            new ChoiceKind<SparseStorage>(("auto", SparseStorage.Auto), ("off", SparseStorage.Off)),
            recipe => recipe.SparseStorage,
            (recipe, value) => recipe with { SparseStorage = value },
            "Whether weights of which many are zero are written as ONNX `sparse_initializer`: where the file is smaller so, by more than it grows in a zip, and ONNX Runtime "
            + "loads it (`auto`), or never (`off`), for runtimes that do not read it, and where only the size in a package counts."),
        Key.Of(
            "precision",
            new ChoiceKind<WeightPrecision>(("original", WeightPrecision.Original), ("fp16", WeightPrecision.Half)),
            recipe => recipe.Precision,
            (recipe, value) => recipe with { Precision = value },
            "Numbers that weights are stored as: as the model has them (`original`), or in half the bytes (`fp16`). They are read as 32 bits again "
            + "when the model is loaded, so that it runs everywhere, as fast as before."));

    /// <summary>The path of the only key of this name, where it belongs to another section than the one it was found in.</summary>
    public static string? Elsewhere(string name)
    {
        var paths = Root.Rows(string.Empty)
            .Select(row => row.Path)
            .Where(path => path.EndsWith($".{name}", StringComparison.Ordinal))
            .ToList();
        return paths.Count == 1 ? paths[0] : null;
    }
}
