using AdamWKey = ModelSlim.Core.Recipes.Keys.RecipeKey<ModelSlim.Core.Recipes.OptimizerSpec.AdamW>;
using Key = ModelSlim.Core.Recipes.Keys.RecipeKey<ModelSlim.Core.Recipes.OptimizerSpec>;
using MuonKey = ModelSlim.Core.Recipes.Keys.RecipeKey<ModelSlim.Core.Recipes.OptimizerSpec.Muon>;
using SgdKey = ModelSlim.Core.Recipes.Keys.RecipeKey<ModelSlim.Core.Recipes.OptimizerSpec.Sgd>;

namespace ModelSlim.Core.Recipes.Keys;

/// <summary>Keys of section <c>finetune.optimizer</c>.</summary>
internal static class OptimizerKeys
{
    private static readonly NumberKind Rate = new(new NumberRange(0, 100, MinOpen: true));
    private static readonly NumberKind Decay = new(new NumberRange(0, 1));
    private static readonly NumberKind Moment = new(new NumberRange(0, 1, MaxOpen: true));

    /// <summary>The section.</summary>
    public static SectionKind<OptimizerSpec> Section { get; } = new(
        new OptimizerSpec.Sgd(),
        Key.Of(
            "sgd",
            Sgd(),
            optimizer => optimizer as OptimizerSpec.Sgd,
            (_, value) => value,
            "Stochastic gradient descent with momentum; the optimizer where none is named."),
        Key.Of(
            "adamw",
            AdamW(),
            optimizer => optimizer as OptimizerSpec.AdamW,
            (_, value) => value,
            "AdamW (Loshchilov and Hutter 2019)."),
        Key.Of(
            "muon",
            Muon(),
            optimizer => optimizer as OptimizerSpec.Muon,
            (_, value) => value,
            "Muon (Jordan 2024): orthogonal steps for weights, plain momentum for biases and scales."))
    {
        ExactlyOneOf = ["sgd", "adamw", "muon"],
    };

    private static SectionKind<OptimizerSpec.Sgd> Sgd() => new(
        new OptimizerSpec.Sgd(),
        SgdKey.Of("lr", Rate, sgd => sgd.LearningRate, (sgd, value) => sgd with { LearningRate = value }, "Largest learning rate."),
        SgdKey.Of("momentum", Moment, sgd => sgd.Momentum, (sgd, value) => sgd with { Momentum = value }, "Momentum."),
        SgdKey.Of("nesterov", new BooleanKind(), sgd => sgd.Nesterov, (sgd, value) => sgd with { Nesterov = value }, "Nesterov's form."),
        SgdKey.Of(
            "weight_decay",
            Decay,
            sgd => sgd.WeightDecay,
            (sgd, value) => sgd with { WeightDecay = value },
            "Weight decay on weights of rank 2 and more."));

    private static SectionKind<OptimizerSpec.AdamW> AdamW() => new(
        new OptimizerSpec.AdamW(),
        AdamWKey.Of("lr", Rate, adam => adam.LearningRate, (adam, value) => adam with { LearningRate = value }, "Largest learning rate."),
        AdamWKey.Of("beta1", Moment, adam => adam.Beta1, (adam, value) => adam with { Beta1 = value }, "Decay of the first moment."),
        AdamWKey.Of("beta2", Moment, adam => adam.Beta2, (adam, value) => adam with { Beta2 = value }, "Decay of the second moment."),
        AdamWKey.Of(
            "epsilon",
            new NumberKind(new NumberRange(0, 1, MinOpen: true)),
            adam => adam.Epsilon,
            (adam, value) => adam with { Epsilon = value },
            "Added to the second moment."),
        AdamWKey.Of(
            "weight_decay",
            Decay,
            adam => adam.WeightDecay,
            (adam, value) => adam with { WeightDecay = value },
            "Weight decay on weights of rank 2 and more."));

    private static SectionKind<OptimizerSpec.Muon> Muon() => new(
        new OptimizerSpec.Muon(),
        MuonKey.Of("lr", Rate, muon => muon.LearningRate, (muon, value) => muon with { LearningRate = value }, "Largest step of a weight in each direction."),
        MuonKey.Of("momentum", Moment, muon => muon.Momentum, (muon, value) => muon with { Momentum = value }, "Momentum, in Nesterov's form."),
        MuonKey.Of(
            "vector_lr",
            Rate,
            muon => muon.VectorLearningRate,
            (muon, value) => muon with { VectorLearningRate = value },
            "Largest learning rate of biases, scales and depthwise filters."),
        MuonKey.Of(
            "weight_decay",
            Decay,
            muon => muon.WeightDecay,
            (muon, value) => muon with { WeightDecay = value },
            "Weight decay on weights of rank 2 and more."));
}
