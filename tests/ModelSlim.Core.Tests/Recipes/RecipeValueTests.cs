using ModelSlim.Core.Recipes;

namespace ModelSlim.Core.Tests.Recipes;

/// <summary>Wrong values of every key: the code, the place and what the message says.</summary>
public sealed class RecipeValueTests
{
    [Theory]
    [InlineData("version: 2", "MSLIM1201", 1, 10, "version must be 1")]
    [InlineData("method: chanels", "MSLIM1202", 1, 9, "method: unknown value 'chanels'; did you mean 'channels'?")]
    [InlineData("method: 3", "MSLIM1101", 1, 9, "method must be one of channels, slimming, soft, unstructured, n:m, dynamic, not '3'")]
    [InlineData("prune: { criterion: taylor }", "MSLIM1205", 1, 10, "criterion: taylor needs data.train with labels")]
    [InlineData("prune: { criterion: fisher }", "MSLIM1205", 1, 10, "criterion: fisher needs data.calibration or data.train")]
    [InlineData("prune: { criterion: Magnitude }", "MSLIM1202", 1, 21, "did you mean 'magnitude'?")]
    [InlineData("prune: { criterion: xyz }", "MSLIM1202", 1, 21, "use auto, magnitude, bn-scale, fpgm, lamp, wanda, reconstruction, taylor, fisher, random")]
    [InlineData("prune: { criterion: }", "MSLIM1101", 1, 10, "prune.criterion must be one of auto, magnitude, bn-scale, fpgm, lamp, wanda, reconstruction, taylor, fisher, random, not empty")]
    [InlineData("prune: { scope: isomorph }", "MSLIM1202", 1, 17, "did you mean 'isomorphic'?")]
    [InlineData("prune: { steps: 0 }", "MSLIM1201", 1, 17, "prune.steps must be at least 1")]
    [InlineData("prune: { gradual: 1 }", "MSLIM1201", 1, 19, "prune.gradual must be a fraction at least 0, below 1")]
    [InlineData("sparsity: { weight: 0 }", "MSLIM1201", 1, 21, "sparsity.weight must be above 0")]
    [InlineData("sparsity: { regularizer: l1 }", "MSLIM1202", 1, 26, "use l1-scale, group-lasso, growing")]
    [InlineData("prune: { round_to: 0 }", "MSLIM1201", 1, 20, "prune.round_to must be at least 1, at most 1024")]
    [InlineData("prune: { round_to: 8.5 }", "MSLIM1101", 1, 20, "a whole number")]
    [InlineData("prune: { round_to: automatic }", "MSLIM1101", 1, 20, "prune.round_to must be auto or a whole number, at least 1, at most 1024")]
    [InlineData("prune: { max_ratio: 1 }", "MSLIM1201", 1, 21, "above 0, below 1")]
    [InlineData("prune: { max_ratio: 0 }", "MSLIM1201", 1, 21, "above 0, below 1")]
    [InlineData("prune: { max_ratio: -0.1 }", "MSLIM1201", 1, 21, "above 0, below 1")]
    [InlineData("prune: { max_ratio: -10% }", "MSLIM1201", 1, 21, "must be a fraction above 0, below 1")]
    [InlineData("prune: { max_ratio: +10% }", "MSLIM1203", 1, 21, "'+10%' is not a plain percentage; write it such as 50%")]
    [InlineData("accept: { min_speedup: 110% }", "MSLIM1203", 1, 24, "this key takes a plain number")]
    [InlineData("prune: { max_ratio: 90 }", "MSLIM1201", 1, 21, "; did you mean 90%?")]
    [InlineData("prune: { max_ratio: 100% }", "MSLIM1201", 1, 21, "above 0, below 1")]
    [InlineData("prune: { max_ratio: '0.5' }", "MSLIM1203", 1, 21, "'0.5' is a text; write the number without quotes")]
    [InlineData("prune: { max_ratio: [0.5] }", "MSLIM1101", 1, 21, "not a list")]
    [InlineData("prune:\n  max_ratio: 0,5", "MSLIM1203", 2, 14, "has a decimal comma; write 0.5")]
    [InlineData("prune: { max_ratio: .inf }", "MSLIM1203", 1, 21, "is not a finite number")]
    [InlineData("prune: { max_ratio: NaN }", "MSLIM1203", 1, 21, "is not a finite number")]
    [InlineData("prune: { max_ratio: 1e999 }", "MSLIM1203", 1, 21, "too large")]
    [InlineData("prune: { max_ratio: 0x1 }", "MSLIM1203", 1, 21, "plain decimal")]
    [InlineData("prune: { max_ratio: yes }", "MSLIM1101", 1, 21, "a fraction such as 0.5 or 50%")]
    [InlineData("prune: { max_ratio: true }", "MSLIM1101", 1, 21, "a fraction such as 0.5 or 50%")]
    [InlineData("prune: { ignore: [ok, 12] }", "MSLIM1101", 1, 23, "write it in quotes")]
    [InlineData("prune: { ignore: [''] }", "MSLIM1101", 1, 19, "a name or glob")]
    [InlineData("prune: [1]", "MSLIM1101", 1, 8, "prune must be a section, not a list")]
    [InlineData("inputs: { x: [1, 0] }", "MSLIM1201", 1, 18, "inputs.x must be at least 1")]
    [InlineData("inputs: { x: [1, -1] }", "MSLIM1201", 1, 18, "inputs.x must be at least 1")]
    [InlineData("inputs: { x: [] }", "MSLIM1201", 1, 14, "has 0 items")]
    [InlineData("inputs: { x: 3 }", "MSLIM1101", 1, 14, "a list of 1 to 8")]
    [InlineData("inputs: 3", "MSLIM1101", 1, 9, "inputs must be a section")]
    [InlineData("data: { train: { idx: [a.gz], images: pictures } }", "MSLIM1102", 1, 16, "data.train needs only one of idx, images, npy")]
    [InlineData("data: { train: { limit: 3 } }", "MSLIM1102", 1, 16, "data.train needs one of idx, images, npy")]
    [InlineData("data:\n  train:\n", "MSLIM1102", 2, 3, "data.train needs one of idx, images, npy")]
    [InlineData("data: { train: { parquet: a.parquet } }", "MSLIM1103", 1, 18, "known here: idx, images, npy, csv, npz, tensors")]
    [InlineData("data: { train: { idx: a.gz, labels: y } }", "MSLIM1207", 1, 9, "labels names a part of csv, npz or tensors")]
    [InlineData("data: { train: { npz: x.npz, header: true } }", "MSLIM1207", 1, 9, "header is for csv alone")]
    [InlineData("data: { train: { csv: x.csv } }\nfinetune: {}", "MSLIM1205", 1, 9, "data.train has no labels")]
    [InlineData("data: { train: { csv: x.csv, labels: true } }", "MSLIM1101", 1, 38, "a name, or the number of a column")]
    [InlineData("data: { eval: { idx: [a.gz, c.gz] } }", "MSLIM1204", 1, 29, "data.eval.idx: file 'c.gz' not found")]
    [InlineData("data: { eval: { idx: A.GZ } }", "MSLIM1204", 1, 22, "file 'A.GZ' not found")]
    [InlineData("data: { eval: { idx: ~/a.gz } }", "MSLIM1204", 1, 22, "file '~/a.gz' not found")]
    [InlineData("data: { eval: { idx: $HOME/a.gz } }", "MSLIM1204", 1, 22, "file '$HOME/a.gz' not found")]
    [InlineData("data: { eval: { idx: //server/share/a.gz } }", "MSLIM1204", 1, 22, "file '//server/share/a.gz' not found")]
    [InlineData("data: { eval: { idx: ../a.gz } }", "MSLIM1204", 1, 22, "file '../a.gz' not found")]
    [InlineData("data: { eval: { idx: /a.gz } }", "MSLIM1204", 1, 22, "file '/a.gz' not found")]
    [InlineData("data: { eval: { idx: pictures } }", "MSLIM1204", 1, 22, "'pictures' is a folder; a file is wanted")]
    [InlineData("data: { eval: { images: a.gz } }", "MSLIM1204", 1, 25, "'a.gz' is a file; a folder is wanted")]
    [InlineData("data: { eval: { images: 2024 } }", "MSLIM1101", 1, 25, "write it in quotes")]
    [InlineData("data: { eval: { images: a\\b } }", "MSLIM1206", 1, 25, "use /")]
    [InlineData("data: { eval: { images: \"a\\u0000b\" } }", "MSLIM1206", 1, 25, "'a\\u0000b'")]
    [InlineData("data: { eval: { npy: [x.npy, y.npy, x.npy] } }", "MSLIM1201", 1, 22, "has 3 items; it must have 1 to 2")]
    [InlineData("data: { eval: { npy: [x.npy], limit: 0 } }", "MSLIM1201", 1, 38, "data.eval.limit must be at least 1")]
    [InlineData("data: { preprocess: { resize: [224] } }", "MSLIM1201", 1, 31, "has 1 item; it must have 2")]
    [InlineData("data: { preprocess: { resize: 224 } }", "MSLIM1101", 1, 31, "a list of 2")]
    [InlineData("data: { preprocess: { scale: 0 } }", "MSLIM1201", 1, 30, "above 0")]
    [InlineData("data: { preprocess: { scale: 1/0 } }", "MSLIM1101", 1, 30, "a number or a quotient such as 1/255")]
    [InlineData("data: { preprocess: { scale: 5% } }", "MSLIM1203", 1, 30, "is a percentage")]
    [InlineData("data: { preprocess: { mean: [] } }", "MSLIM1201", 1, 29, "has 0 items")]
    [InlineData("data: { preprocess: { mean: [1, x] } }", "MSLIM1101", 1, 33, "a number")]
    [InlineData("data: { preprocess: { std: 0 } }", "MSLIM1201", 1, 28, "above 0")]
    [InlineData("data: { preprocess: { layout: nchw } }", "MSLIM1202", 1, 31, "did you mean 'NCHW'?")]
    [InlineData("data: { preprocess: { color: grey } }", "MSLIM1202", 1, 30, "did you mean 'gray'?")]
    [InlineData("data: { preprocess: { mean: [1, 2, 3], std: [1, 2] } }", "MSLIM1207", 1, 40, "std has 2 values and mean has 3")]
    [InlineData("data: { preprocess: { mean: [1, 2, 3], color: gray } }", "MSLIM1207", 1, 40, "one channel")]
    [InlineData("repair: on", "MSLIM1202", 1, 9, "repair: unknown value 'on'; use auto, off")]
    [InlineData("repair: false", "MSLIM1101", 1, 9, "repair must be one of auto, off, not 'false'")]
    [InlineData("finetune: { epochs: -1 }", "MSLIM1201", 1, 21, "at least 0")]
    [InlineData("finetune: { epochs: 1000000000 }", "MSLIM1201", 1, 21, "at most 100000")]
    [InlineData("finetune: { epochs: 99999999999999999999 }", "MSLIM1201", 1, 21, "at most 100000")]
    [InlineData("finetune: { epochs: 010 }", "MSLIM1203", 1, 21, "leading zero")]
    [InlineData("finetune: { epochs: 1_000 }", "MSLIM1203", 1, 21, "underscore")]
    [InlineData("finetune: { epochs: 3.5 }", "MSLIM1101", 1, 21, "a whole number")]
    [InlineData("finetune: { budget: 10 }", "MSLIM1101", 1, 21, "finetune.budget must be a length of time such as 90s, 10m or 1.5h, not '10'")]
    [InlineData("finetune: { budget: 10 m }", "MSLIM1201", 1, 21, "at least 1s and below 100000s, 10000m or 1000h, not '10 m'")]
    [InlineData("finetune: { budget: 0.5s }", "MSLIM1201", 1, 21, "at least 1s")]
    [InlineData("finetune: { budget: 0m }", "MSLIM1201", 1, 21, "at least 1s")]
    [InlineData("finetune: { budget: 1000h }", "MSLIM1201", 1, 21, "10000m or 1000h")]
    [InlineData("finetune: { budget: [10m] }", "MSLIM1101", 1, 21, "not a list")]
    [InlineData("finetune: { steps: 0 }", "MSLIM1201", 1, 20, "at least 1")]
    [InlineData("finetune: { epochs: 1, budget: 10m }", "MSLIM1207", 1, 11, "finetune has both epochs and budget; it can have only one of epochs, steps, budget")]
    [InlineData("finetune: { steps: 10, budget: 10m }", "MSLIM1207", 1, 11, "finetune has both steps and budget")]
    [InlineData("finetune: { batch: 0 }", "MSLIM1201", 1, 20, "at least 1")]
    [InlineData("finetune: { optimizer: sgd }", "MSLIM1101", 1, 24, "finetune.optimizer must be a section")]
    [InlineData("finetune: { optimizer: {} }", "MSLIM1102", 1, 24, "needs one of sgd, adamw")]
    [InlineData("finetune: { optimizer: { sgd: {}, adamw: {} } }", "MSLIM1102", 1, 24, "needs only one of sgd, adamw")]
    [InlineData("finetune: { optimizer: { adam: {} } }", "MSLIM1103", 1, 26, "did you mean 'adamw'?")]
    [InlineData("finetune: { optimizer: { sgd: { lr: 0 } } }", "MSLIM1201", 1, 37, "above 0, at most 100")]
    [InlineData("finetune: { optimizer: { sgd: { momentum: 1 } } }", "MSLIM1201", 1, 43, "at least 0, below 1")]
    [InlineData("finetune: { optimizer: { sgd: { nesterov: yes } } }", "MSLIM1101", 1, 43, "true or false, not 'yes'")]
    [InlineData("finetune: { optimizer: { sgd: { beta1: 0.9 } } }", "MSLIM1103", 1, 33, "did you mean 'finetune.optimizer.adamw.beta1'?")]
    [InlineData("finetune: { optimizer: { sgd: { weight_decay: 2 } } }", "MSLIM1201", 1, 47, "at most 1")]
    [InlineData("finetune: { optimizer: { adamw: { beta2: 1 } } }", "MSLIM1201", 1, 42, "below 1")]
    [InlineData("finetune: { optimizer: { adamw: { epsilon: 0 } } }", "MSLIM1201", 1, 44, "above 0")]
    [InlineData("finetune: { schedule: step }", "MSLIM1202", 1, 23, "use cosine, constant")]
    [InlineData("finetune: { warmup: 1 }", "MSLIM1201", 1, 21, "below 1")]
    [InlineData("finetune: { distill: { temperature: 0 } }", "MSLIM1201", 1, 37, "above 0")]
    [InlineData("finetune: { distill: { weight: 1.1 } }", "MSLIM1201", 1, 32, "at most 1")]
    [InlineData("finetune: { augment: { crop: -1 } }", "MSLIM1201", 1, 30, "finetune.augment.crop must be at least 0")]
    [InlineData("finetune: { augment: { flip: 1 } }", "MSLIM1101", 1, 30, "true or false")]
    [InlineData("finetune: { augment: flip }", "MSLIM1101", 1, 22, "finetune.augment must be a section")]
    [InlineData("finetune: { seed: -1 }", "MSLIM1201", 1, 19, "at least 0")]
    [InlineData("finetune: { epochs: 1 }", "MSLIM1205", 1, 1, "finetune needs data.train")]
    [InlineData("finetune: { validation: 100% }", "MSLIM1201", 1, 25, "below 1")]
    [InlineData("finetune: { patience: 2, validation: 0 }\ndata: { train: { idx: [a.gz, b.gz] } }", "MSLIM1207", 1, 13, "finetune.patience needs held-out samples")]
    [InlineData("accept: { metric: f1 }", "MSLIM1202", 1, 19, "use accuracy, top5, mse, agreement")]
    [InlineData("accept: { max_drop: 1% }", "MSLIM1205", 1, 11, "accept.max_drop needs data.eval with labels")]
    [InlineData("accept: { metric: agreement, max_drop: 1% }", "MSLIM1205", 1, 30, "accept.max_drop needs data.eval")]
    [InlineData("accept: { max_drop: 1% }\ndata: { eval: { idx: a.gz } }", "MSLIM1205", 2, 9, "data.eval has no labels")]
    [InlineData("accept: { max_drop: 2 }", "MSLIM1201", 1, 21, "; did you mean 2%?")]
    [InlineData("accept: { min_speedup: 0 }", "MSLIM1201", 1, 24, "above 0")]
    [InlineData("accept: { min_speedup: 20% }", "MSLIM1203", 1, 24, "is a percentage")]
    [InlineData("accept: { on_fail: warn }", "MSLIM1202", 1, 20, "use error, warn-and-keep-original")]
    [InlineData("output: { delivery: web }", "MSLIM1104", 1, 21, "it has content, none, embed")]
    [InlineData("finetune: { numerics: cuda }", "MSLIM1104", 1, 23, "it has portable, floor, native; cuda needs the packages libtorch-cuda-12.8")]
    [InlineData("output: { deliver: web }", "MSLIM1103", 1, 11, "did you mean 'delivery'?")]
    [InlineData("max_ratio: 0.5", "MSLIM1103", 1, 1, "Unknown key 'max_ratio'; did you mean 'prune.max_ratio'?")]
    [InlineData("fine_tune: { epochs: 1 }", "MSLIM1103", 1, 1, "did you mean 'finetune'?")]
    [InlineData("zzz: 1", "MSLIM1103", 1, 1, "known here: version, method, target")]
    [InlineData("\"a\\u202Eb\": 1", "MSLIM1103", 1, 1, "'a\\u202eb'")]
    public void One_error_where_the_value_is(string text, string code, int line, int column, string message)
    {
        var error = RecipeText.Error(text + "\ntarget: { macs: 50% }\n");

        Assert.Equal((code, line, column), (error.Code, error.Location!.Line, error.Location.Column));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("", "MSLIM1102", "The recipe needs 'target'")]
    [InlineData("null", "MSLIM1102", "The recipe needs 'target'")]
    [InlineData("target:", "MSLIM1102", "target needs at least one of macs, params, size, latency")]
    [InlineData("target: {}", "MSLIM1102", "target needs at least one of macs, params, size, latency")]
    [InlineData("target: 50%", "MSLIM1101", "target must be a section, not '50%'")]
    [InlineData("target: { size: 4000 }", "MSLIM1201", "target.size needs a unit, such as 4MB, or a share such as 50%")]
    [InlineData("target: { size: 0MB }", "MSLIM1201", "target.size must be above 0")]
    [InlineData("target: { size: 4 MBit }", "MSLIM1101", "a fraction such as 0.5 or 50%")]
    [InlineData("target: { latency: 5min }", "MSLIM1101", "a fraction such as 0.5 or 50%")]
    [InlineData("target: { latency: 150% }", "MSLIM1201", "above 0, at most 1")]
    [InlineData("target: { mac: 50% }", "MSLIM1103", "Unknown key 'target.mac'; did you mean 'macs'?")]
    [InlineData("target: { macs: 0 }", "MSLIM1201", "above 0, at most 1")]
    [InlineData("target: { macs: 0% }", "MSLIM1201", "above 0, at most 1")]
    [InlineData("target: { macs: 1.0001 }", "MSLIM1201", "above 0, at most 1; did you mean 1.0001%?")]
    [InlineData("target: { macs: 150% }", "MSLIM1201", "above 0, at most 1")]
    [InlineData("target: { macs: 50 % }", "MSLIM1203", "is not a plain percentage; write it such as 50%")]
    [InlineData("target: { macs: -50% }", "MSLIM1201", "must be a fraction above 0, at most 1")]
    [InlineData("target: { sparsity: 2/4 }", "MSLIM1101", "a pattern N:M such as 2:4, or a share in blocks such as 80% in 4x1, not '2/4'")]
    [InlineData("target: { sparsity: 80 in 4x1 }", "MSLIM1101", "or a share in blocks such as 80% in 4x1, not '80 in 4x1'")]
    [InlineData("- target", "MSLIM1101", "The recipe must be a section, not a list")]
    [InlineData("target", "MSLIM1101", "The recipe must be a section, not 'target'")]
    public void One_error_about_the_target(string text, string code, string message)
    {
        var error = RecipeText.Error(text);

        Assert.Equal(code, error.Code);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal("prune.yaml", error.Location!.File);
        Assert.True(error.Location.Line > 0);
    }

    [Theory]
    [InlineData("50%", 0.5)]
    [InlineData("0.5", 0.5)]
    [InlineData(".5", 0.5)]
    [InlineData("5e-1", 0.5)]
    [InlineData("+0.5", 0.5)]
    [InlineData("'50%'", 0.5)]
    [InlineData("33.3%", 0.333)]
    [InlineData("100%", 1.0)]
    [InlineData("1", 1.0)]
    [InlineData("0.07", 0.07)]
    [InlineData("7%", 0.07)]
    public void Percentages_are_fractions_to_the_last_bit(string text, double value) =>
        Assert.Equal(value, RecipeText.Recipe($"target: {{ macs: {text} }}").Target.Macs);

    [Theory]
    [InlineData("4MB", 4e6)]
    [InlineData("1.5 kB", 1500.0)]
    [InlineData("1MiB", 1048576.0)]
    [InlineData("'700B'", 700.0)]
    public void Sizes_are_bytes(string text, double bytes) =>
        Assert.Equal(new TargetLimit(bytes, false), RecipeText.Recipe($"target: {{ size: {text} }}").Target.Size);

    [Theory]
    [InlineData("5ms", 5.0)]
    [InlineData("0.2 s", 200.0)]
    [InlineData("250us", 0.25)]
    public void Latencies_are_milliseconds(string text, double milliseconds) =>
        Assert.Equal(new TargetLimit(milliseconds, false), RecipeText.Recipe($"target: {{ latency: {text} }}").Target.Latency);

    [Theory]
    [InlineData("1/255", 1.0 / 255)]
    [InlineData("'1/255'", 1.0 / 255)]
    [InlineData("2.5/10", 0.25)]
    [InlineData("0.00392", 0.00392)]
    public void A_scale_is_a_number_or_a_quotient(string text, double value) =>
        Assert.Equal(value, RecipeText.Recipe($"target: {{ macs: 1 }}\ndata: {{ preprocess: {{ scale: {text} }} }}").Data.Preprocess.Scale);

    [Theory]
    [InlineData("accept: { metric: agreement, max_drop: 1% }\ndata: { eval: { idx: a.gz } }")]
    [InlineData("accept: { metric: accuracy, max_drop: 1% }\ndata: { eval: { images: pictures } }")]
    [InlineData("finetune: { distill: {} }\ndata: { train: { idx: a.gz } }")]
    [InlineData("finetune: { epochs: 0 }")]
    [InlineData("prune: { ignore: head/*, round_to: auto }")]
    [InlineData("data: { preprocess: { mean: -0.5, color: gray } }")]
    public void What_goes_together_is_accepted(string text) =>
        Assert.Empty(RecipeText.Resolve("target: { macs: 50% }\n" + text).Diagnostics);

    [Fact]
    public void Judging_by_the_training_samples_is_a_warning()
    {
        var result = RecipeText.Resolve("target: { macs: 50% }\ndata: { train: { idx: [a.gz, b.gz] }, eval: { idx: [a.gz, b.gz] } }");

        Assert.True(result.Succeeded);
        var warning = Assert.Single(result.Diagnostics);
        Assert.Equal(("MSLIM1301", 2, 39), (warning.Code, warning.Location!.Line, warning.Location.Column));
    }

    [Fact]
    public void Zero_epochs_are_no_fine_tuning() =>
        Assert.Null(RecipeText.Recipe("target: { macs: 50% }\nfinetune: { epochs: 0 }").FineTune);
}
