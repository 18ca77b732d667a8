using System.Collections.Immutable;
using System.Text;
using ModelSlim.Core.Fingerprints;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Tests.Recipes;

namespace ModelSlim.Core.Tests.Fingerprints;

/// <summary>
/// Key truth: whatever can change an artifact gives another key, whatever cannot gives the same.
/// </summary>
public sealed class ArtifactFingerprintTests
{
    private static readonly ArtifactInputs Inputs = new()
    {
        Recipe = RecipeSample.Full(new OptimizerSpec.Sgd()),
        Model = Manifest("model", "m"),
        Calibration = Manifest("0", "c"),
        Train = Manifest("0", "t"),
        Eval = Manifest("0", "e"),
        NumericsClass = "cpu-portable-1",
        Versions = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)
            .Add("modelslim", "0.1.0")
            .Add("onnxruntime", "1.31.1"),
    };

    public static TheoryData<string, Func<ArtifactInputs, ArtifactInputs>> Deciding => new()
    {
        { nameof(ArtifactInputs.Model), inputs => inputs with { Model = Manifest("model", "other") } },
        {
            $"{nameof(ArtifactInputs.Model)} gets external data",
            inputs => inputs with { Model = new ContentManifest([.. inputs.Model.Parts, .. Manifest("data/w.bin", "w").Parts]) }
        },
        { nameof(ArtifactInputs.Calibration), inputs => inputs with { Calibration = Manifest("0", "other") } },
        { nameof(ArtifactInputs.Train), inputs => inputs with { Train = Manifest("0", "other") } },
        { nameof(ArtifactInputs.Eval), inputs => inputs with { Eval = Manifest("0", "other") } },
        { "Calibration and Train swapped", inputs => inputs with { Calibration = inputs.Train, Train = inputs.Calibration } },
        { nameof(ArtifactInputs.NumericsClass), inputs => inputs with { NumericsClass = "cpu-native" } },
        { nameof(ArtifactInputs.Versions), inputs => inputs with { Versions = inputs.Versions.SetItem("onnxruntime", "1.32.0") } },
        { $"{nameof(ArtifactInputs.Versions)} without torch", inputs => inputs with { Versions = inputs.Versions.Add("torchsharp", "1") } },
        { nameof(ArtifactInputs.Plan), inputs => inputs with { Plan = "{}" } },
        { "no data", inputs => inputs with { Recipe = inputs.Recipe with { Data = new DataSpec() }, Calibration = null, Train = null, Eval = null } },
    };

    [Theory]
    [MemberData(nameof(Deciding))]
    public void What_can_change_an_artifact_changes_the_key(string what, Func<ArtifactInputs, ArtifactInputs> change) =>
        Assert.False(Key(Inputs) == Key(change(Inputs)), what);

    [Fact]
    public void Every_input_has_a_case_above()
    {
        var covered = Deciding.Select(row => row.Data.Item1).Append(nameof(ArtifactInputs.Recipe));

        Assert.Empty(typeof(ArtifactInputs).GetProperties().Select(property => property.Name)
            .Where(name => name != "EqualityContract").Except(covered));
    }

    [Fact]
    public void Settings_of_the_recipe_change_the_key_unless_they_only_judge_or_deliver()
    {
        string[] harmless = ["Location", "Paths", "Delivery", "Accept.MaxDrop", "Accept.MinSpeedup", "Accept.OnFail"];
        foreach (var (path, changed) in RecipeSample.Changes(Inputs.Recipe))
        {
            var same = Key(Inputs) == Key(Inputs with { Recipe = changed });
            Assert.True(same == harmless.Any(name => path.EndsWith(name, StringComparison.Ordinal)), path);
        }
    }

    [Fact]
    public void Where_the_files_are_does_not_matter() => Assert.Equal(
        Key(Inputs),
        Key(Inputs with { Recipe = RecipeSample.Full(new OptimizerSpec.Sgd(), "/somewhere/else") }));

    /// <summary>Comments, order, quotes, flow style, percentages and defaults written out are ways to say the same.</summary>
    [Fact]
    public void How_prune_yaml_is_written_does_not_matter()
    {
        const string Plain = """
            target: { macs: 50% }
            prune: { max_ratio: 0.8, ignore: [a, b] }
            data: { train: { idx: [a.gz, b.gz] } }
            finetune: { epochs: 3, seed: 7 }
            """;
        const string Wordy = """
            # The same, at length.
            finetune:
              seed: 7
              epochs: 3
              batch: 128
              schedule: "cosine"
            prune:
              scope: auto
              ignore:
                - 'b'
                - a
              max_ratio: 80%
            target:
              macs: 0.5
            data:
              train:
                idx:
                  - a.gz
                  - b.gz
            accept:
              on_fail: error
            output: { delivery: embed }
            """;

        Assert.Equal(Key(Bare(Plain)), Key(Bare(Wordy)));
        Assert.NotEqual(Key(Bare(Plain)), Key(Bare(Plain.Replace("50%", "51%", StringComparison.Ordinal))));

        static ArtifactInputs Bare(string recipe) =>
            Inputs with { Recipe = RecipeText.Recipe(recipe), Calibration = null, Eval = null };
    }

    [Fact]
    public void No_entry_tells_a_path_or_the_machine()
    {
        var entries = new ArtifactFingerprint().Of(Inputs).Entries;

        Assert.DoesNotContain(entries, entry => entry.Value.Contains("/data", StringComparison.Ordinal));
        Assert.DoesNotContain(entries, entry => entry.Value.Contains(Environment.MachineName, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Data_without_a_digest_is_a_bug() =>
        Assert.Throws<ArgumentException>(() => Key(Inputs with { Train = null }));

    private static string Key(ArtifactInputs inputs) => new ArtifactFingerprint().Of(inputs).Key;

    private static ContentManifest Manifest(string name, string content) =>
        new([new ContentPart(name, ContentDigest.Of(Encoding.UTF8.GetBytes(content)))]);
}
