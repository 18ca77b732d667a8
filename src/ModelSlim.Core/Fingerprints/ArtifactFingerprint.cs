using System.Text;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Core.Fingerprints;

/// <summary>
/// Fingerprints of artifacts. Limits of <c>accept</c> are not part of them: an artifact keeps its measures, and whoever takes
/// it from the store judges them by the limits of today, so that another limit trains nothing anew.
/// </summary>
public sealed class ArtifactFingerprint
{
    /// <summary>Raised when names or forms of entries change.</summary>
    public const int Schema = 2;

    /// <summary>Raised when any stage gives another result for the same inputs.</summary>
    public const int Algorithm = 12;

    private const string None = "none";
    private const string Numerics = "numerics";

    /// <summary>The numerics class that a fingerprint names.</summary>
    public static string NumericsOf(Fingerprint fingerprint) => fingerprint.Entries.First(entry => entry.Name == Numerics).Value;

    /// <summary>The content of the model that a fingerprint names, where all of it is in one file; else null.</summary>
    public static ContentDigest? ModelOf(Fingerprint fingerprint)
    {
        var parts = fingerprint.Entries.Where(entry => entry.Name.StartsWith("model/", StringComparison.Ordinal)).ToArray();
        return parts.Length == 1 ? ContentDigest.Parse(parts[0].Value) : null;
    }

    /// <summary>The fingerprint of what <paramref name="inputs"/> lead to.</summary>
    public Fingerprint Of(ArtifactInputs inputs)
    {
        var builder = new FingerprintBuilder()
            .Add("schema", Schema)
            .Add("algorithm", Algorithm)
            .Add(Numerics, inputs.NumericsClass)
            .Add("model", inputs.Model)
            .Add("plan", inputs.Plan.Length == 0 ? None : ContentDigest.Of(Encoding.UTF8.GetBytes(inputs.Plan)).ToString())
            .Add("version", inputs.Versions.Select(version => new FingerprintEntry(version.Key, version.Value)))
            .Add("recipe", RecipeFields.Of(inputs.Recipe)
                .Where(field => field.Affects == Affects.Artifact)
                .Select(field => new FingerprintEntry(field.Name, field.Value)));
        AddData(builder, "data.calibration", inputs.Recipe.Data.Calibration, inputs.Calibration);
        AddData(builder, "data.train", inputs.Recipe.Data.Train, inputs.Train);
        AddData(builder, "data.eval", inputs.Recipe.Data.Eval, inputs.Eval);
        return builder.Build();
    }

    private static void AddData(FingerprintBuilder builder, string name, DataSource? source, ContentManifest? content)
    {
        if (source is null != content is null)
        {
            throw new ArgumentException($"Recipe and digests do not agree on whether there is {name}.", nameof(content));
        }

        if (content is null)
        {
            builder.Add(name, None);
        }
        else
        {
            builder.Add(name, content);
        }
    }
}
