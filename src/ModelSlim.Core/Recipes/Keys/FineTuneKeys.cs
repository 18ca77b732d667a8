using Key = ModelSlim.Core.Recipes.Keys.RecipeKey<ModelSlim.Core.Recipes.FineTuneSpec>;

namespace ModelSlim.Core.Recipes.Keys;

/// <summary>Keys of section <c>finetune</c>.</summary>
internal static class FineTuneKeys
{
    /// <summary>The section.</summary>
    public static SectionKind<FineTuneSpec> Section { get; } = new(
        new FineTuneSpec(),
        Key.Of(
            "epochs",
            new IntegerKind<int>(0, 100_000),
            tune => tune.Epochs,
            (tune, value) => tune with { Epochs = value },
            "Passes over the training samples."),
        Key.Of(
            "batch",
            new IntegerKind<int>(1, 65_536),
            tune => tune.Batch,
            (tune, value) => tune with { Batch = value },
            "Samples a step."),
        Key.Of(
            "optimizer",
            OptimizerKeys.Section,
            tune => tune.Optimizer,
            (tune, value) => tune with { Optimizer = value },
            "The optimizer and its settings."),
        Key.Of(
            "schedule",
            new ChoiceKind<Schedule>(("cosine", Schedule.Cosine), ("constant", Schedule.Constant)),
            tune => tune.Schedule,
            (tune, value) => tune with { Schedule = value },
            "Course of the learning rate after warm-up."),
        Key.Of(
            "warmup",
            new FractionKind(zero: true, one: false),
            tune => tune.Warmup,
            (tune, value) => tune with { Warmup = value },
            "Part of all steps in which the learning rate rises from 0."),
        Key.Of(
            "distill",
            DistillKeys.Section,
            tune => tune.Distill,
            (tune, value) => tune with { Distill = value },
            "Learn from the original model's outputs too; works without labels."),
        Key.Of(
            "seed",
            new IntegerKind<long>(0, int.MaxValue),
            tune => tune.Seed,
            (tune, value) => tune with { Seed = value },
            "Seed of everything random."))
    {
        Planned = ["budget"],
    };
}
