using System.Globalization;
using System.Text;
using ModelSlim.Tool.Rendering;

namespace ModelSlim.Tool.Init;

/// <summary>Writes a commented prune.yaml that fits a model: it works as it is where that can be, and shows what else there is.</summary>
internal sealed class RecipeTemplate
{
    /// <summary>Writes it.</summary>
    /// <param name="facts">The model.</param>
    /// <param name="schema">Path of the JSON schema relative to the recipe; null where there is none.</param>
    public string Write(ModelFacts facts, string? schema)
    {
        var report = facts.Report;
        var text = new StringBuilder();
        if (schema is not null)
        {
            text.Append($"# yaml-language-server: $schema={schema}\n# $schema: {schema}\n");
        }

        text.Append($"""
            # How modelslim makes {Comment(report.Model)} smaller: {Quantity.Count(report.Macs)} MACs, {Quantity.Count(report.Params)} parameters, {Quantity.Of(report.Groups.Length, "channel group")}.
            # {Promise(facts)}
            # Take the # away from what you want to change; modelslim check says whether all is well.
            version: 1
            # method: channels         # channels: by their scores; slimming, soft: training decides, with finetune;
            #                          # unstructured, n:m: single weights become zero, with target.sparsity;
            #                          # dynamic: easy samples leave a classifier early, with target.latency and data;
            #                          # or a list, in this order: [channels, unstructured, dynamic]

            target:
              macs: {Share(facts)}                # at most {Amount(facts)} of the multiply-accumulates
              # params: 50%            # and of the parameters
              # # size: 50%            # of the written file, or an amount: 4MB
              # # latency: 50%         # of the time of one sample in ONNX Runtime on this machine, or a time: 5ms
              # # sparsity: 80%        # of single weights become zero (method: unstructured); or 2:4, 80% in 4x1 (method: n:m)

            # prune:
            #   criterion: auto        # auto: reconstruction where samples are given, else magnitude
            #   scope: auto            # local: each group loses the same share; global: all channels compete
            #   steps: 1               # cuts on the way to the target, each with repair and finetune
            #   # gradual: 50%         # of finetune, in which single weights become zero bit by bit (method: unstructured)
            #   round_to: auto         # keep channel counts to multiples of this
            #   max_ratio: 90%         # of any one group
            #   ignore: ["head/*"]     # nodes and tensors that must not change


            """.ReplaceLineEndings("\n"));
        WriteInputs(text, facts);
        WriteData(text, facts);
        text.Append("""
            # repair: auto             # without labels: auto, off

            # Training before the cut, with method: slimming and soft.
            # # sparsity: { epochs: 1, regularizer: l1-scale, weight: auto }   # l1-scale, group-lasso, growing

            # Needs data.train.
            # finetune:
            #   epochs: 3              # or steps: 2000, or budget: 10m
            #   batch: 128
            #   optimizer: { sgd: { lr: 0.01, momentum: 0.9, nesterov: true, weight_decay: 1e-4 } }
            #   # optimizer: { adamw: { lr: 3e-4, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weight_decay: 0.01 } }
            #   # optimizer: { muon: { lr: 0.03, weight_decay: 0.005, momentum: 0.9, vector_lr: 0.05 } }   # most per epoch, for nets of images
            #   schedule: cosine       # cosine, constant
            #   warmup: 5%
            #   distill: { temperature: 4, weight: 0.3 }   # learn from the original too; works without labels
            #   # distill: { features: 1 }                 # and from values inside it
            #   # augment: { crop: 2, flip: true }         # training pictures differ each time
            #   validation: auto       # part of data.train that is held out to choose the best epoch
            #   patience: 3            # end after so many epochs that do no better
            #   ema: 0.998             # decay of a moving average of the weights
            #   numerics: portable     # the same bytes on every x64 CPU with AVX2; floor: on any, slower; native: fast, on this machine alone
            #   seed: 1

            # Needs data.eval, for max_drop.
            # accept:
            #   metric: accuracy       # accuracy, top5; without labels: agreement, mse
            #   max_drop: 1%
            #   min_speedup: 1.2       # in ONNX Runtime on this machine
            #   on_fail: error         # error, warn-and-keep-original

            # output:
            #   delivery: content      # content, none, embed
            #   sparse: auto           # off: write zeros too (method: unstructured, n:m)
            #   precision: original    # fp16: store weights in half the bytes

            """.ReplaceLineEndings("\n"));
        return text.ToString();
    }

    private static void WriteInputs(StringBuilder text, ModelFacts facts)
    {
        var isOpen = !facts.Symbolic.IsEmpty;
        text.Append(isOpen ? "# Sizes that the model leaves open.\ninputs:\n" : "# inputs:                  # shapes of inputs whose sizes the model leaves open\n");
        foreach (var input in isOpen ? facts.Symbolic : facts.Report.Inputs)
        {
            text.Append($"{(isOpen ? string.Empty : "# ")}  {Quoted(input.Name)}: [{string.Join(", ", input.Shape)}]\n");
        }

        text.Append('\n');
    }

    private static string Promise(ModelFacts facts) => facts switch
    {
        { Macs: not null } => "This works as it is.",
        { Report.Groups.IsEmpty: true } => "No channel of this model can be removed; modelslim inspect says what stays as it is, and why.",
        _ => "No target from 50% to 90% can be met; modelslim inspect says what stays as it is, and why.",
    };

    private static string Share(ModelFacts facts) => (facts.Macs ?? 0.5).ToString("0%", CultureInfo.InvariantCulture);

    private static string Amount(ModelFacts facts) => facts.Macs is null or 0.5 ? "half" : $"{Share(facts)}, since less cannot be reached,";

    private static void WriteData(StringBuilder text, ModelFacts facts)
    {
        var several = facts.Report.Inputs.Length > 1;
        var (calibration, preprocess) = facts.Picture is { } picture && !several
            ? ("images: data/unlabelled", Preprocess(picture))
            : (several ? "npz: data/unlabelled.npz" : "npy: data/unlabelled.npy", "scale: 1, mean: 0, std: 1");
        text.Append($$"""
            # data:                    # paths are relative to this file
            #   calibration: { {{calibration}}, limit: 512 }
            #   train: { {{(several ? "npz: data/train.npz" : Samples("train", facts.Picture))}} }
            #   eval: { {{(several ? "npz: data/eval.npz" : "npy: [data/eval-images.npy, data/eval-labels.npy]")}} }
            #   # train: { csv: data/train.csv, labels: -1, header: auto }
            #   # train: { npz: data/train.npz, labels: labels }       # one array for each input, by name
            #   # train: { tensors: data/samples }                     # test_data_set_0/input_0.pb and so on
            #   preprocess: { {{preprocess}} }


            """.ReplaceLineEndings("\n"));
    }

    private static string Samples(string name, PictureShape? picture) => picture is null
        ? $"npy: [data/{name}-samples.npy, data/{name}-labels.npy]"
        : $"idx: [data/{name}-images.gz, data/{name}-labels.gz]";

    private static string Preprocess(PictureShape picture)
    {
        var (mean, std, color) = picture.Channels == 1
            ? ("[0.5]", "[0.5]", "gray")
            : ("[0.485, 0.456, 0.406]", "[0.229, 0.224, 0.225]", "RGB");
        return $"resize: [{picture.Height}, {picture.Width}], scale: 1/255, mean: {mean}, std: {std}, layout: {picture.Layout}, color: {color}";
    }

    private static string Comment(string name) => Core.Diagnostics.DisplayText.OneLine(name);

    /// <summary>A name as a YAML key that needs no thought: double quotes, everything unusual escaped.</summary>
    private static string Quoted(string name)
    {
        var quoted = new StringBuilder("\"");
        foreach (var letter in name)
        {
            quoted.Append(letter is '"' or '\\' ? $"\\{letter}"
                : letter is >= ' ' and <= '~' ? letter.ToString()
                : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"));
        }

        return quoted.Append('"').ToString();
    }
}
