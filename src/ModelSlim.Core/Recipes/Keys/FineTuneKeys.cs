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
            "steps",
            new OptionalKind<int>(new IntegerKind<int>(1, 100_000_000)),
            tune => tune.Steps,
            (tune, value) => tune with { Steps = value },
            "Steps of the optimizer, in place of `epochs`."),
        Key.Of(
            "budget",
            new OptionalKind<TimeSpan>(new DurationKind()),
            tune => tune.Budget,
            (tune, value) => tune with { Budget = value },
            "Time to train in, in place of `epochs`: as many steps as the machine can take in it. The report has their number; as `steps` it gives the same bytes again."),
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
            "augment",
            AugmentKeys.Section,
            tune => tune.Augment,
            (tune, value) => tune with { Augment = value },
            "Training pictures differ each time they are seen; off where it is left out."),
        Key.Of(
            "validation",
            new AutoOrKind<double>(new FractionKind(zero: true, one: false), texts: true),
            tune => tune.Validation,
            (tune, value) => tune with { Validation = value },
            "Part of the training samples that is held out to choose the epoch that is kept; `auto`: 2%, from 256 to 2,048, where there is a choice and they are at most a tenth."),
        Key.Of(
            "patience",
            new OptionalKind<int>(new IntegerKind<int>(1, 100_000)),
            tune => tune.Patience,
            (tune, value) => tune with { Patience = value },
            "End after so many epochs in a row that do no better on the held-out samples."),
        Key.Of(
            "ema",
            new OptionalKind<double>(new NumberKind(new NumberRange(0, 1, MinOpen: true, MaxOpen: true))),
            tune => tune.Ema,
            (tune, value) => tune with { Ema = value },
            "Decay of a moving average of the weights, which is kept unless the weights do better on the held-out samples."),
        Key.Of(
            "numerics",
            new ChoiceKind<Numerics>(("portable", Numerics.Portable), ("floor", Numerics.Floor), ("native", Numerics.Native))
            {
                Planned = ["cuda"],
                PlannedBecause = "cuda needs the packages libtorch-cuda-12.8, and ModelSlim fetches libtorch-cpu alone",
            },
            tune => tune.Numerics,
            (tune, value) => tune with { Numerics = value },
            "How training and scoring by gradients compute: to the same bytes on every x64 CPU with AVX2 (`portable`) or on any, at less than half the speed (`floor`), or as fast as the machine can (`native`), to bytes that come out on no other machine."),
        Key.Of(
            "seed",
            new IntegerKind<long>(0, int.MaxValue),
            tune => tune.Seed,
            (tune, value) => tune with { Seed = value },
            "Seed of everything random."))
    {
        AtMostOneOf = ["epochs", "steps", "budget"],
    };
}
