using System.Collections.Immutable;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Testing;
using ModelSlim.Training.Kernels;
using ModelSlim.Training.Tests.FineTuning;
using ModelSlim.Training.Tests.Kernels;

namespace ModelSlim.Emulation;

/// <summary>All that is compared: every form of every kernel, functions on many numbers, wide layers, and whole nets.</summary>
internal static class FamilyCatalog
{
    private static readonly OptimizerSpec[] Optimizers = [new OptimizerSpec.Sgd(), new OptimizerSpec.AdamW(), new OptimizerSpec.Muon()];

    private static readonly string[] Kept =
        ["sgd: chain, folded", "adamw: transformer", "muon: inverted-residual", "slimming ScaleL1: chain", "taylor: chain", "whole: chain, folded"];

    /// <summary>Everything.</summary>
    public static ImmutableArray<Family> All { get; } = [.. Kernels(KernelCases.All), .. Kernels(WideCases.All()), .. Nets(), .. Whole()];

    /// <summary>One form of each kernel, a net of each way to train, and a whole run: what fits into a build.</summary>
    public static ImmutableArray<Family> Few { get; } =
    [
        .. Kernels(KernelCases.All.GroupBy(sample => KernelRegistry.Standard.Find(sample.Node)).Select(forms => forms.First())),
        .. Kernels(WideCases.All().Where(sample => sample.Name is "Gemm, wide" or "Exp, many" or "Atan, many")),
        .. Nets().Concat(Whole()).Where(net => Kept.Contains(net.Name)),
    ];

    private static IEnumerable<Family> Kernels(IEnumerable<KernelCase> cases) =>
        cases.Select(sample => new Family($"kernel: {sample.Name}", () => KernelTraining.Run(sample)));

    private static IEnumerable<Family> Nets()
    {
        foreach (var optimizer in Optimizers)
        {
            Family Tuned(string net, Func<long, OnnxModel> make, bool labelled) => new(
                $"{optimizer.GetType().Name.ToLowerInvariant()}: {net}", () => NetTraining.FineTune(make(1), make(2), optimizer, labelled));

            foreach (var kind in SmallNets.Kinds)
            {
                yield return Tuned(kind, seed => SmallNets.Make(kind, folded: false, seed), labelled: true);
                yield return Tuned($"{kind}, folded", seed => SmallNets.Make(kind, folded: true, seed), labelled: true);
            }

            foreach (var kind in TrainableNets.Kinds)
            {
                yield return Tuned(kind, seed => TrainableNets.Make(kind, seed), labelled: false);
            }
        }

        foreach (var kind in SmallNets.Kinds)
        {
            var model = SmallNets.Make(kind, folded: true);
            yield return new Family($"soft: {kind}", () => NetTraining.Sparsify(model, Method.Soft, Regularizer.ScaleL1));
            foreach (var regularizer in Enum.GetValues<Regularizer>())
            {
                yield return new Family($"slimming {regularizer}: {kind}", () => NetTraining.Sparsify(model, Method.Slimming, regularizer));
            }

            yield return new Family($"taylor: {kind}", () => NetTraining.Score(model, labelled: true));
            yield return new Family($"fisher: {kind}", () => NetTraining.Score(model, labelled: false));
        }
    }

    private static IEnumerable<Family> Whole()
    {
        var half = new Recipe { Target = new TargetSpec { Macs = 0.5 } };
        foreach (var kind in SmallNets.Kinds)
        {
            yield return new Family($"whole: {kind}", () => WholeRun.Run(SmallNets.Make(kind, folded: false), half));
            yield return new Family($"whole: {kind}, folded", () => WholeRun.Run(SmallNets.Make(kind, folded: true), half));
        }

        foreach (var kind in new[] { "transformer", "recurrent", "segmentation", "normalized" })
        {
            yield return new Family($"whole: {kind}", () => WholeRun.Run(TrainableNets.Make(kind, 1), half with { Target = new TargetSpec { Macs = 0.8 } }));
        }

        var zeros = new Recipe { Method = Method.Unstructured, Target = new TargetSpec { Sparsity = new SparsityTarget(0.8) } };
        yield return new Family("whole: zeros, residual", () => WholeRun.Run(SmallNets.Residual(folded: true), zeros));
    }
}
