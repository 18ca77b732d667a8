using System.Collections.Immutable;
using System.Text;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Core.Tests.Recipes;

public sealed class RecipeResolverTests
{
    private const string Everything = """
        version: 1
        method: channels
        target: { macs: 50%, params: 0.6 }
        prune:
          criterion: magnitude
          scope: local
          steps: 3
          round_to: 8
          max_ratio: 75%
          ignore: ["head/*", 'stem/**']
        inputs:
          images: [1, 3, 224, 224]
        data:
          calibration: { images: pictures, limit: 256 }
          train: { idx: [a.gz, b.gz] }
          eval:
            npy: [x.npy, y.npy]
            limit: 1000
          preprocess: { resize: [28, 32], scale: 1/255, mean: [0.1, 0.2, 0.3], std: 0.5, layout: NHWC, color: BGR }
        repair: off
        finetune:
          epochs: 3
          batch: 64
          optimizer: { adamw: { lr: 1e-3, beta1: 0.8, beta2: 0.99, epsilon: 1e-7, weight_decay: 0.05 } }
          schedule: constant
          warmup: 10%
          distill: { temperature: 2, weight: 50% }
          augment: { crop: 3, flip: true }
          validation: 5%
          patience: 2
          ema: 0.99
          numerics: floor
          seed: 7
        accept:
          metric: top5
          max_drop: 1%
          min_speedup: 1.2
          on_fail: warn-and-keep-original
        output: { delivery: embed }
        """;

    [Fact]
    public void The_least_recipe_has_every_default()
    {
        var recipe = RecipeText.Recipe("target: { macs: 50% }");

        Assert.Equal(0.5, recipe.Target.Macs);
        Assert.Null(recipe.Target.Params);
        Assert.Equal(new SourceSpan("prune.yaml", 1, 1, 1, 22), recipe.Target.Location);
        Assert.Equal(new PruneSpec(), recipe.Prune);
        Assert.Equal(new AcceptSpec(), recipe.Accept);
        Assert.Equal((RepairMode.Auto, Delivery.Content, 1L), (recipe.Repair, recipe.Delivery, recipe.Seed));
        Assert.Null(recipe.FineTune);
        Assert.Empty(recipe.Inputs);
        Assert.Equal(new DataSpec().Preprocess.Mean, recipe.Data.Preprocess.Mean);
    }

    [Fact]
    public void Every_key_goes_where_it_belongs()
    {
        var recipe = RecipeText.Recipe(Everything);

        Assert.Equal((0.5, 0.6), (recipe.Target.Macs, recipe.Target.Params));
        Assert.Equal((Criterion.Magnitude, Scope.Local, 3, 8, 0.75), (recipe.Prune.Criterion, recipe.Prune.Scope, recipe.Prune.Steps, recipe.Prune.RoundTo, recipe.Prune.MaxRatio));
        Assert.Equal(["head/*", "stem/**"], recipe.Prune.Ignore.Select(pattern => pattern.Glob));
        Assert.Equal(new SourceSpan("prune.yaml", 10, 22, 10, 31), recipe.Prune.Ignore[1].Location);
        Assert.Equal([1, 3, 224, 224], recipe.Inputs["images"]);
        AssertSource(DataKind.Images, ["pictures"], 256, 14, recipe.Data.Calibration);
        AssertSource(DataKind.Idx, ["a.gz", "b.gz"], null, 15, recipe.Data.Train);
        AssertSource(DataKind.Npy, ["x.npy", "y.npy"], 1000, 16, recipe.Data.Eval);
        var preprocess = recipe.Data.Preprocess;
        Assert.Equal([28, 32], preprocess.Resize!.Value);
        Assert.Equal(1.0 / 255, preprocess.Scale);
        Assert.Equal([0.1, 0.2, 0.3], preprocess.Mean);
        Assert.Equal([0.5], preprocess.Std);
        Assert.Equal((ImageLayout.Nhwc, ColorOrder.Bgr), (preprocess.Layout, preprocess.Color));
        Assert.Equal(RepairMode.Off, recipe.Repair);
        Assert.Equal(
            new FineTuneSpec
            {
                Epochs = 3,
                Batch = 64,
                Optimizer = new OptimizerSpec.AdamW { LearningRate = 1e-3, Beta1 = 0.8, Beta2 = 0.99, Epsilon = 1e-7, WeightDecay = 0.05 },
                Schedule = Schedule.Constant,
                Warmup = 0.1,
                Distill = new DistillSpec { Temperature = 2, Weight = 0.5 },
                Augment = new AugmentSpec { Crop = 3, Flip = true },
                Validation = 0.05,
                Patience = 2,
                Ema = 0.99,
                Numerics = Numerics.Floor,
                Seed = 7,
            },
            recipe.FineTune);
        Assert.Equal(7, recipe.Seed);
        Assert.Equal(
            new AcceptSpec
            {
                Metric = Metric.Top5,
                MaxDrop = 0.01,
                MinSpeedup = 1.2,
                OnFail = OnFail.WarnAndKeepOriginal,
                Location = new SourceSpan("prune.yaml", 34, 1, 38, 34),
            },
            recipe.Accept);
        Assert.Equal(Delivery.Embed, recipe.Delivery);
    }

    [Theory]
    [InlineData("steps: 1500", 1500, 0)]
    [InlineData("budget: 90s", null, 90)]
    [InlineData("budget: 10m", null, 600)]
    [InlineData("budget: 1.5h", null, 5400)]
    public void Training_is_as_long_as_epochs_steps_or_time(string text, int? steps, int seconds)
    {
        var tune = RecipeText.Recipe($"target: {{ macs: 50% }}\ndata: {{ train: {{ idx: [a.gz, b.gz] }} }}\nfinetune: {{ {text} }}").FineTune!;

        Assert.Equal(new FineTuneSpec { Steps = steps, Budget = seconds == 0 ? null : TimeSpan.FromSeconds(seconds) }, tune);
    }

    [Theory]
    [InlineData("{ sgd: { lr: 0.1, momentum: 0, nesterov: false, weight_decay: 0 } }", 0.1, 0.0, false, 0.0)]
    [InlineData("{ sgd: }", 0.01, 0.9, true, 1e-4)]
    [InlineData("{ sgd: {} }", 0.01, 0.9, true, 1e-4)]
    public void Gradient_descent_has_its_own_settings(string text, double rate, double momentum, bool nesterov, double decay)
    {
        var recipe = RecipeText.Recipe($"target: {{ macs: 50% }}\ndata: {{ train: {{ idx: [a.gz, b.gz] }} }}\nfinetune: {{ optimizer: {text} }}");

        Assert.Equal(
            new OptimizerSpec.Sgd { LearningRate = rate, Momentum = momentum, Nesterov = nesterov, WeightDecay = decay },
            recipe.FineTune!.Optimizer);
    }

    [Theory]
    [InlineData("prune:\n")]
    [InlineData("prune:\n  # max_ratio: 0.5\ndata:\ninputs:\naccept: {}\noutput: ~\n")]
    public void A_section_whose_lines_are_comments_has_its_defaults(string sections) =>
        Assert.Equal(new PruneSpec(), RecipeText.Recipe("target: { macs: 50% }\n" + sections).Prune);

    [Fact]
    public void Every_error_is_reported_in_the_order_of_the_file()
    {
        var result = RecipeText.Resolve("target: { macs: 5 }\nprune:\n  max_ratio: x\n  scop: local\nfoo: 1\n");

        Assert.Equal(
            [("MSLIM1201", 1, 17), ("MSLIM1101", 3, 14), ("MSLIM1103", 4, 3), ("MSLIM1103", 5, 1)],
            result.Diagnostics.Select(error => (error.Code, error.Location!.Line, error.Location.Column)));
    }

    [Fact]
    public void No_more_errors_than_a_person_reads()
    {
        var text = new StringBuilder("target: { macs: 50% }\n");
        for (var i = 0; i < 10_000; i++)
        {
            text.Append($"key{i}: 1\n");
        }

        Assert.Equal(100, RecipeText.Resolve(text.ToString()).Diagnostics.Length);
    }

    [Fact]
    public void Command_line_wins_over_the_recipe()
    {
        var overrides = new RecipeOverrides { Target = new TargetSpec { Params = 0.3 }, Seed = 9 };

        var recipe = RecipeText.Resolve(Everything, overrides).Value!;

        Assert.Equal(overrides.Target, recipe.Target);
        Assert.Equal((9, 9), (recipe.Seed, recipe.FineTune!.Seed));
    }

    [Fact]
    public void A_target_of_the_command_line_makes_that_of_the_recipe_unnecessary()
    {
        var overrides = new RecipeOverrides { Target = new TargetSpec { Macs = 0.3 } };

        Assert.Equal(0.3, RecipeText.Resolve("prune: { scope: local }", overrides).Value!.Target.Macs);
        Assert.Equal("MSLIM1102", Assert.Single(RecipeText.Resolve("prune: { scope: local }").Diagnostics).Code);
    }

    [Fact]
    public void Fine_tuning_can_be_switched_off_and_keeps_its_seed()
    {
        var recipe = RecipeText.Resolve(Everything, new RecipeOverrides { NoFineTune = true }).Value!;

        Assert.Null(recipe.FineTune);
        Assert.Equal(7, recipe.Seed);
    }

    private static void AssertSource(DataKind kind, string[] names, int? limit, int line, DataSource? source)
    {
        Assert.NotNull(source);
        Assert.Equal((kind, limit, line), (source.Kind, source.Limit, source.Location!.Line));
        Assert.Equal(names.Select(RecipeText.At).ToImmutableArray(), source.Paths);
    }
}
