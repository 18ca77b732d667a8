using System.Globalization;
using CsCheck;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Recipes.Yaml;
using Newtonsoft.Json.Linq;
using NJsonSchema;

namespace ModelSlim.Core.Tests.Recipes;

/// <summary>What the schema accepts is what the binder accepts, files and rules between keys aside.</summary>
public sealed class RecipeSchemaTests
{
    private static readonly Task<JsonSchema> Schema = JsonSchema.FromJsonAsync(new RecipeSchema().Write());

    /// <summary>For each key values that are right and values that are wrong; the first is put in place of the others.</summary>
    private static readonly (string Section, string Key, string[] Right, string[] Wrong)[] Cases =
    [
        ("", "version", ["1"], ["2", "0", "'1'", "x", "[1]"]),
        ("", "method", ["channels", "'slimming'", "soft", "unstructured", "n:m", "dynamic", "[channels]", "[channels, 'n:m', dynamic]"], ["static", "3", "null", "Channels", "[]", "[channels, slimmin]", "[channels, unstructured, dynamic, soft]", "[3]"]),
        ("", "repair", ["auto", "off"], ["on", "true", "1", "null"]),
        ("target", "params", ["50%", "0.5", "1", "100%", "100.0%", "0.001%", "'7%'", "1e-3"], ["0", "0%", "0.0%", "101%", "1.1", "'0.5'", "x", "true", "null", "[1]", "-5%", "007%"]),
        ("target", "sparsity", ["80%", "0.5", "2:4", "1:4", "'4:8'", "63:64", "80% in 4x1", "12.5% in 16x1", "80% in 64x1"], ["1:65", "80% in 65x1", "0% in 4x1", "80% in 1x1", "80% in 4x2", "0.8 in 4x1", "100% in 4x1", "0", "1", "100%", "'2:'", "':4'", "0:4", "2:4:8", "-2:4", "null", "true", "[2]"]),
        ("target", "size", ["50%", "0.5", "1", "4MB", "4 MB", "0.5GiB", "700B", "'1.25kB'"], ["0", "2", "4000", "0MB", "0.0 MB", "007MB", "4mb", "MB", "-4MB", "4 M B", "1e3B", "null", "true", "[4MB]"]),
        ("target", "latency", ["50%", "0.5", "5ms", "0.25 s", "100us"], ["0", "5", "0ms", "5 min", "null", "{}"]),
        ("prune", "criterion", ["auto", "magnitude", "bn-scale", "fpgm", "lamp", "wanda", "reconstruction", "taylor", "fisher", "random"], ["taylr", "BN-scale", "1", "null"]),
        ("prune", "scope", ["auto", "global", "local", "isomorphic"], ["isomorph", "[global]"]),
        ("prune", "round_to", ["auto", "1", "8", "1024"], ["0", "1025", "-1", "8.5", "Auto", "true", "null", "'8'"]),
        ("prune", "max_ratio", ["0.9", "90%", "1%", "99.99%"], ["0", "1", "100%", "0%", "1.5", "{}"]),
        ("prune", "ignore", ["[]", "['head/*']", "head/*", "[a, b]", "'12'"], ["12", "[12]", "['']", "true", "null", "{}"]),
        ("prune", "steps", ["1", "100"], ["0", "101", "1.5", "auto", "null"]),
        ("prune", "gradual", ["0", "0.5", "75%"], ["1", "100%", "-0.1", "auto", "null"]),
        ("", "inputs", ["{}", "{ x: [1, 3] }", "null"], ["[]", "3", "{ x: 1 }", "{ x: [] }", "{ x: [0] }", "{ x: [a] }", "{ x: [1, 1, 1, 1, 1, 1, 1, 1, 1] }"]),
        ("data", "calibration", ["{ images: pictures }", "{ idx: a.gz, limit: 3 }", "{ npy: [x.npy] }", "{ csv: x.csv, labels: -1 }", "{ csv: x.csv, labels: y, header: auto }", "{ csv: x.csv, header: false }", "{ npz: x.npz, labels: '7' }", "{ tensors: tensors }"], ["{}", "null", "{ limit: 3 }", "{ images: pictures, idx: a.gz }", "{ images: [pictures] }", "{ tsv: x.csv }", "{ csv: [x.csv] }", "{ csv: x.csv, labels: true }", "{ csv: x.csv, labels: '' }", "{ csv: x.csv, labels: null }", "{ csv: x.csv, labels: 1.5 }", "{ csv: x.csv, header: 1 }", "{ csv: x.csv, npz: x.npz }", "{ idx: [] }", "{ idx: [a.gz, b.gz, a.gz] }", "{ idx: a.gz, limit: 0 }", "{ idx: 3 }", "{ images: 'a\\b' }"]),
        ("data", "preprocess", ["{}", "null", "{ resize: [1, 2] }", "{ scale: 1/255 }", "{ scale: 0.5 }", "{ mean: 0.5 }", "{ mean: [-1, 2], std: [1, 2] }", "{ layout: NHWC, color: gray }", "{ inputs: x }", "{ inputs: [x, y] }"], ["{ resize: [1] }", "{ resize: 1 }", "{ scale: 0 }", "{ scale: 1/0 }", "{ scale: 0/1 }", "{ scale: x }", "{ mean: [] }", "{ mean: [x] }", "{ std: 0 }", "{ std: [1, -1] }", "{ layout: nchw }", "{ color: rgb }", "{ inputs: [] }", "{ inputs: 3 }", "{ inputs: [''] }"]),
        ("sparsity", "epochs", ["1", "100000"], ["0", "100001", "x", "null"]),
        ("sparsity", "regularizer", ["l1-scale", "group-lasso", "growing"], ["l1", "1", "null"]),
        ("sparsity", "weight", ["auto", "1e-4", "1000"], ["0", "-1", "1001", "1%", "Auto", "null"]),
        ("finetune", "epochs", ["0"], ["-1", "x", "100001", "null", "1.5"]),
        ("finetune", "steps", ["1", "100000000"], ["0", "100000001", "x", "null", "1.5"]),
        ("finetune", "budget", ["10m", "1s", "90s", "1.5h", "'2h'", "0.1m", "1.25s", "99999s", "0.01h", "999.99h"], ["0s", "0.5s", "0m", "0.0h", "10", "10 m", "10M", "1d", "-1m", "1e3s", "1h30m", "100000s", "x", "null", "[10m]", "1,5h"]),
        ("finetune", "batch", ["1", "65536"], ["0", "65537", "[1]"]),
        ("finetune", "optimizer", ["{ sgd: }", "{ sgd: {} }", "{ adamw: { lr: 1e-3, beta1: 0, beta2: 0.5, epsilon: 1e-9, weight_decay: 1 } }", "{ sgd: { lr: 100, momentum: 0.5, nesterov: true, weight_decay: 0 } }"], ["{}", "null", "sgd", "{ sgd: {}, adamw: {} }", "{ sgd: { lr: 0 } }", "{ sgd: { momentum: 1 } }", "{ sgd: { nesterov: 1 } }", "{ adamw: { momentum: 0 } }", "{ adamw: { epsilon: 0 } }"]),
        ("finetune", "schedule", ["cosine", "constant"], ["step", "null"]),
        ("finetune", "warmup", ["0", "0%", "0.5", "5%"], ["1", "100%", "-0.1"]),
        ("finetune", "augment", ["{}", "null", "{ crop: 4 }", "{ crop: 0, flip: true }"], ["{ crop: -1 }", "{ crop: 1025 }", "{ flip: yes }", "[]", "{ rotate: 1 }", "true"]),
        ("finetune", "distill", ["{}", "null", "{ temperature: 2, weight: 100% }", "{ features: 0 }", "{ features: 2.5 }"], ["{ features: -1 }", "{ features: x }", "{ temperature: 0 }", "{ weight: 2 }", "[]", "{ alpha: 1 }"]),
        ("finetune", "validation", ["auto", "0", "2%", "0.5"], ["1", "100%", "-1", "Auto", "null", "true"]),
        ("finetune", "patience", ["1", "100000"], ["0", "100001", "auto", "1.5"]),
        ("finetune", "ema", ["0.999", "0.5"], ["0", "1", "auto", "99%", "null"]),
        ("finetune", "numerics", ["portable", "floor", "native"], ["cuda", "Portable", "null", "1"]),
        ("finetune", "seed", ["0", "2147483647"], ["-1", "2147483648", "x"]),
        ("accept", "metric", ["accuracy", "top5", "mse", "agreement"], ["f1", "null"]),
        ("accept", "max_drop", ["0", "1%", "0.01", "1"], ["2", "-1", "x"]),
        ("accept", "min_speedup", ["1.2", "0.1", "1000"], ["0", "1001", "20%"]),
        ("accept", "on_fail", ["error", "warn-and-keep-original"], ["warn", "1"]),
        ("output", "sparse", ["auto", "off"], ["on", "true", "null"]),
        ("output", "precision", ["original", "fp16"], ["fp32", "16", "null"]),
        ("output", "delivery", ["content", "none", "embed"], ["web", "null"]),
        ("", "prune", ["null", "{}"], ["[]", "x"]),
        ("", "unknown", [], ["1"]),
        ("accept", "unknown", [], ["1"]),
    ];

    [Fact]
    public async Task Accepts_exactly_what_the_binder_accepts_key_by_key()
    {
        var wrong = new List<string>();
        foreach (var (section, key, right, bad) in Cases)
        {
            foreach (var value in right.Concat(bad))
            {
                var text = Text([(section, key, value)]);
                var expected = right.Contains(value);
                var (binder, schema) = (BinderAccepts(text), await SchemaAccepts(text));
                if (binder != expected || schema != expected)
                {
                    wrong.Add($"{section}.{key}: {value}: expected {expected}, binder {binder}, schema {schema}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Accepts_exactly_what_the_binder_accepts_in_any_combination()
    {
        var schema = await Schema;
        var entry = Gen.Int[0, Cases.Length - 1].SelectMany(at =>
        {
            var (section, key, right, wrong) = Cases[at];
            var values = right.Concat(wrong).ToArray();
            return Gen.Int[0, 99].Select(Gen.Int[0, values.Length - 1], (dice, any) =>
                (section, key, values[dice < 90 && right.Length > 0 ? any % right.Length : any]));
        });

        entry.Array[0, 8].Sample(
            entries =>
            {
                var text = Text([.. entries.DistinctBy(each => (each.section, each.key))]);
                return BinderAccepts(text) == Accepts(schema, text);
            },
            iter: 500);
    }

    [Fact]
    public async Task Every_key_is_tried()
    {
        var tried = Cases.Select(each => each.Section.Length == 0 ? each.Key : $"{each.Section}.{each.Key}").ToHashSet();
        var schema = await Schema;
        var keys = schema.Properties.SelectMany(top =>
            top.Value.Properties.Count == 0 ? [top.Key] : top.Value.Properties.Keys.Select(key => $"{top.Key}.{key}"));

        // These are of the same kind as another key of their section, or are written into every sample.
        Assert.Equal(["data.eval", "data.train", "target.macs"], keys.Where(key => !tried.Contains(key)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Is_draft_07_and_says_what_keys_mean()
    {
        var schema = JObject.Parse(new RecipeSchema().Write());

        Assert.Equal("http://json-schema.org/draft-07/schema#", (string?)schema["$schema"]);
        Assert.Equal("Samples a step.", (string?)schema.SelectToken("properties.finetune.properties.batch.description"));
        Assert.Equal(128, (int?)schema.SelectToken("properties.finetune.properties.batch.default"));
        Assert.All(schema.SelectTokens("$..properties.*"), key => Assert.False(string.IsNullOrEmpty((string?)key["description"])));
    }

    private static bool BinderAccepts(string text) =>
        RecipeText.Resolve(text).Diagnostics.All(error => error.Code is "MSLIM1205" or "MSLIM1207" or "MSLIM1301");

    private static async Task<bool> SchemaAccepts(string text) => Accepts(await Schema, text);

    private static bool Accepts(JsonSchema schema, string text)
    {
        var root = new YamlReader().Read("prune.yaml", System.Text.Encoding.UTF8.GetBytes(text)).Value!;
        return schema.Validate(Json(root)).Count == 0;
    }

    private static string Text(IReadOnlyList<(string Section, string Key, string Value)> entries)
    {
        var lines = new List<string> { "target:", "  macs: 50%" };
        lines.AddRange(entries.Where(entry => entry.Section == "target").Select(entry => $"  {entry.Key}: {entry.Value}"));
        var tops = entries.Where(entry => entry.Section.Length == 0).Select(entry => entry.Key).ToHashSet();
        foreach (var section in entries.Where(entry => entry.Section is not ("" or "target") && !tops.Contains(entry.Section)).GroupBy(entry => entry.Section))
        {
            lines.Add($"{section.Key}:");
            lines.AddRange(section.Select(entry => $"  {entry.Key}: {entry.Value}"));
        }

        lines.AddRange(entries.Where(entry => entry.Section.Length == 0).Select(entry => $"{entry.Key}: {entry.Value}"));
        return string.Join('\n', lines) + "\n";
    }

    /// <summary>YAML as an editor's language server hands it to the schema.</summary>
    private static JToken Json(YamlNode node) => node switch
    {
        YamlNode.Mapping mapping => new JObject(mapping.Entries.Select(entry => new JProperty(entry.Key.Text, Json(entry.Value)))),
        YamlNode.Sequence sequence => new JArray(sequence.Items.Select(Json)),
        YamlNode.Scalar { IsNull: true } => JValue.CreateNull(),
        YamlNode.Scalar { IsBoolean: true } scalar => new JValue(bool.Parse(scalar.Text)),
        YamlNode.Scalar { IsNumber: true } scalar => long.TryParse(scalar.Text, out var whole)
            ? new JValue(whole)
            : new JValue(double.Parse(scalar.Text, CultureInfo.InvariantCulture)),
        YamlNode.Scalar scalar => new JValue(scalar.Text),
        _ => throw new InvalidOperationException(),
    };
}
