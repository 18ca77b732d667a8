using System.Text;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Fuzzing.Targets;

/// <summary>Recipes, from the bytes to the resolved recipe.</summary>
public sealed class RecipeTarget : FileTarget
{
    private readonly RecipeLoader loader = new(new DiskFileView());

    /// <summary>Puts the files there that the recipes name.</summary>
    public RecipeTarget()
    {
        Folder.Write("a.idx", "x");
        Folder.Write("x.csv", "x");
        Folder.Write("pictures/x", "x");
    }

    /// <inheritdoc/>
    public override string Name => "recipe";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        .. new[]
        {
            "target: { macs: 50% }\n",
            """
            version: 1
            method: channels
            target: { macs: 50%, size: 4MB, latency: 5ms }
            prune: { criterion: auto, scope: global, steps: 2, round_to: 8, max_ratio: 0.9, ignore: ["head/*"] }
            inputs:
              images: [1, 3, 224, 224]
            data:
              calibration: { images: pictures }
              train: { idx: [a.idx, a.idx], limit: 100 }
              eval: { csv: x.csv, labels: -1, header: auto }
              preprocess: { resize: [224, 224], scale: 1/255, mean: [0.1, 0.2, 0.3], std: 0.5, layout: NCHW, color: RGB }
            repair: auto
            finetune:
              budget: 10m
              batch: 128
              optimizer: { sgd: { lr: 0.01, momentum: 0.9, nesterov: true, weight_decay: 1e-4 } }
              schedule: cosine
              distill: { temperature: 4, weight: 0.7 }
              augment: { crop: 2, flip: true }
              seed: 1
            accept: { metric: accuracy, max_drop: 1%, min_speedup: 1.2, on_fail: error }
            output: { delivery: content }
            """,
            "# a comment\n---\nmethod: n:m\ntarget:\n  sparsity: 2:4\nprune:\n  ignore:\n  - 'a b'\n  - \"c\\u0041\"\nx: >-\n  folded\n  text\n",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    /// <inheritdoc/>
    protected override string FileName => "prune.yaml";

    /// <inheritdoc/>
    protected override bool ReadFile(string path) => loader.Load(path, RecipeOverrides.None).Succeeded;
}
