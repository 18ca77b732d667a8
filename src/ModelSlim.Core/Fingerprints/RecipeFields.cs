using System.Globalization;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Core.Fingerprints;

/// <summary>
/// A resolved recipe as a list of named settings: defaults included, so that it does not matter how prune.yaml is written.
/// Paths are not among them, because what counts is the content of the data (<see cref="DataDigester"/>).
/// </summary>
public sealed class RecipeFields
{
    private const string None = "none";

    private readonly List<RecipeField> fields = [];

    private RecipeFields()
    {
    }

    /// <summary>Every setting of a recipe.</summary>
    public static IReadOnlyList<RecipeField> Of(Recipe recipe)
    {
        var list = new RecipeFields();
        list.Add("method", string.Join(' ', recipe.Methods.Select(Word)));
        list.Add("target.macs", Number(recipe.Target.Macs));
        list.Add("target.params", Number(recipe.Target.Params));
        list.Add("target.size", Limit(recipe.Target.Size));
        list.Add("target.latency", Limit(recipe.Target.Latency));
        list.Add("target.sparsity", Sparsity(recipe.Target.Sparsity));
        list.Add(recipe.Prune);
        foreach (var (name, shape) in recipe.Inputs)
        {
            list.Add($"inputs/{name}", List(shape));
        }

        list.Add(recipe.Data);
        list.Add("repair", Word(recipe.Repair));
        list.Add(recipe.Sparsity);
        list.Add(recipe.FineTune);
        list.Add("seed", recipe.Seed.ToString(CultureInfo.InvariantCulture));
        list.Add(recipe.Accept, recipe.Methods.Any(MethodTraits.ExitsEarly));
        list.Add("output.sparse", Word(recipe.SparseStorage));
        list.Add("output.precision", Word(recipe.Precision));
        list.Add("output.delivery", Word(recipe.Delivery), Affects.Delivery);
        return list.fields;
    }

    private void Add(PruneSpec prune)
    {
        Add("prune.criterion", Word(prune.Criterion));
        Add("prune.scope", Word(prune.Scope));
        Add("prune.steps", prune.Steps.ToString(CultureInfo.InvariantCulture));
        Add("prune.gradual", Number(prune.Gradual));
        Add("prune.round_to", prune.RoundTo?.ToString(CultureInfo.InvariantCulture) ?? "auto");
        Add("prune.max_ratio", Number(prune.MaxRatio));
        var ignored = new SortedSet<string>(prune.Ignore.Select(pattern => pattern.Glob), StringComparer.Ordinal).ToList();
        Add("prune.ignore", ignored.Count.ToString(CultureInfo.InvariantCulture));
        for (var i = 0; i < ignored.Count; i++)
        {
            Add($"prune.ignore/{i}", ignored[i]);
        }
    }

    private void Add(DataSpec data)
    {
        Add("data.calibration", data.Calibration);
        Add("data.train", data.Train);
        Add("data.eval", data.Eval);
        Add("data.preprocess.resize", data.Preprocess.Resize is { } size ? List(size) : None);
        Add("data.preprocess.scale", Number(data.Preprocess.Scale));
        Add("data.preprocess.mean", List(data.Preprocess.Mean));
        Add("data.preprocess.std", List(data.Preprocess.Std));
        Add("data.preprocess.layout", Word(data.Preprocess.Layout));
        Add("data.preprocess.color", Word(data.Preprocess.Color));
        var inputs = new SortedSet<string>(data.Preprocess.Inputs ?? [], StringComparer.Ordinal).ToList();
        Add("data.preprocess.inputs", data.Preprocess.Inputs is null ? None : inputs.Count.ToString(CultureInfo.InvariantCulture));
        for (var i = 0; i < inputs.Count; i++)
        {
            Add($"data.preprocess.inputs/{i}", inputs[i]);
        }
    }

    private void Add(string name, DataSource? source)
    {
        Add($"{name}.kind", source is null ? None : Word(source.Kind));
        Add($"{name}.labels", source?.Labels is { } labels ? $"named {labels}" : None);
        Add($"{name}.header", source?.Header is { } header ? (header ? "true" : "false") : "auto");
        Add($"{name}.limit", source?.Limit is { } limit ? limit.ToString(CultureInfo.InvariantCulture) : None);
    }

    private void Add(SparsitySpec? sparsity)
    {
        Add("sparsity.epochs", sparsity?.Epochs.ToString(CultureInfo.InvariantCulture) ?? None);
        Add("sparsity.regularizer", sparsity is null ? None : Word(sparsity.Regularizer));
        Add("sparsity.weight", sparsity is null ? None : sparsity.Weight is null ? "auto" : Number(sparsity.Weight));
    }

    private void Add(FineTuneSpec? tuning)
    {
        Add("finetune", tuning is null ? None : "on");
        if (tuning is null)
        {
            return;
        }

        Add("finetune.epochs", tuning.Epochs.ToString(CultureInfo.InvariantCulture));
        Add("finetune.steps", tuning.Steps?.ToString(CultureInfo.InvariantCulture) ?? None);
        Add("finetune.budget", Number(tuning.Budget?.TotalSeconds));
        Add("finetune.batch", tuning.Batch.ToString(CultureInfo.InvariantCulture));
        Add(tuning.Optimizer);
        Add("finetune.schedule", Word(tuning.Schedule));
        Add("finetune.warmup", Number(tuning.Warmup));
        Add("finetune.distill.temperature", Number(tuning.Distill?.Temperature));
        Add("finetune.distill.weight", Number(tuning.Distill?.Weight));
        Add("finetune.distill.features", Number(tuning.Distill?.Features));
        Add("finetune.augment.crop", tuning.Augment?.Crop.ToString(CultureInfo.InvariantCulture) ?? None);
        Add("finetune.augment.flip", tuning.Augment is { } augment ? augment.Flip ? "true" : "false" : None);
        Add("finetune.validation", tuning.Validation is { } part ? Number(part) : "auto");
        Add("finetune.patience", tuning.Patience?.ToString(CultureInfo.InvariantCulture) ?? None);
        Add("finetune.ema", Number(tuning.Ema));
        Add("finetune.numerics", Word(tuning.Numerics));
        Add("finetune.seed", tuning.Seed.ToString(CultureInfo.InvariantCulture));
    }

    private void Add(OptimizerSpec optimizer)
    {
        const string Name = "finetune.optimizer";
        Add(Name, optimizer.GetType().Name.ToLowerInvariant());
        Add($"{Name}.lr", Number(optimizer.LearningRate));
        Add($"{Name}.weight_decay", Number(optimizer.WeightDecay));
        switch (optimizer)
        {
            case OptimizerSpec.Sgd sgd:
                Add($"{Name}.momentum", Number(sgd.Momentum));
                Add($"{Name}.nesterov", sgd.Nesterov ? "true" : "false");
                break;
            case OptimizerSpec.AdamW adam:
                Add($"{Name}.beta1", Number(adam.Beta1));
                Add($"{Name}.beta2", Number(adam.Beta2));
                Add($"{Name}.epsilon", Number(adam.Epsilon));
                break;
            case OptimizerSpec.Muon muon:
                Add($"{Name}.momentum", Number(muon.Momentum));
                Add($"{Name}.vector_lr", Number(muon.VectorLearningRate));
                break;
            default:
                throw new ArgumentException($"Optimizer {optimizer.GetType().Name} has no fields here.", nameof(optimizer));
        }
    }

    // Exits are chosen by the drop that is allowed; what other methods give does not depend on it.
    private void Add(AcceptSpec accept, bool exitsEarly)
    {
        Add("accept.metric", Word(accept.Metric));
        Add("accept.max_drop", Number(accept.MaxDrop), exitsEarly ? Affects.Artifact : Affects.Judgement);
        Add("accept.min_speedup", Number(accept.MinSpeedup), Affects.Judgement);
        Add("accept.on_fail", Word(accept.OnFail), Affects.Judgement);
    }

    private void Add(string name, string value, Affects affects = Affects.Artifact) =>
        fields.Add(new RecipeField(name, value, affects));

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? None;

    private static string Limit(TargetLimit? limit) => limit is null ? None : Number(limit.Amount) + (limit.IsShare ? " of it" : "");

    // As recipes have it, where that says all there is.
    private static string Sparsity(SparsityTarget? target)
    {
        if (target is null)
        {
            return None;
        }

        var text = target.ToString();
        var said = target.IsPattern
            ? new SparsityTarget(target.Stay, target.Block)
            : new SparsityTarget(double.Parse(text.Split('%')[0] + "e-2", CultureInfo.InvariantCulture)) { Outputs = target.Outputs };
        return said == target ? text : $"{Number(target.Share)} {target.Stay}:{target.Block} {target.Outputs}x1";
    }

    private static string List(IEnumerable<int> values) =>
        string.Join(',', values.Select(value => value.ToString(CultureInfo.InvariantCulture)));

    private static string List(IEnumerable<double> values) => string.Join(',', values.Select(value => Number(value)));
}
