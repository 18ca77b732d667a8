using System.Globalization;

namespace ModelSlim.Core.Fingerprints;

/// <summary>Collects the entries of a fingerprint. Values are written in one way only, whatever the machine.</summary>
public sealed class FingerprintBuilder
{
    private readonly List<FingerprintEntry> entries = [];

    /// <summary>Adds a text.</summary>
    public FingerprintBuilder Add(string name, string value)
    {
        entries.Add(new FingerprintEntry(name, value));
        return this;
    }

    /// <summary>Adds an integer.</summary>
    public FingerprintBuilder Add(string name, long value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds content: one entry for each part.</summary>
    public FingerprintBuilder Add(string name, ContentManifest content)
    {
        Add($"{name}.parts", content.Parts.Length);
        foreach (var part in content.Parts)
        {
            Add($"{name}/{part.Name}", part.Digest.ToString());
        }

        return this;
    }

    /// <summary>Adds entries made elsewhere, each with a name before its own.</summary>
    public FingerprintBuilder Add(string prefix, IEnumerable<FingerprintEntry> others)
    {
        entries.AddRange(others.Select(entry => new FingerprintEntry($"{prefix}.{entry.Name}", entry.Value)));
        return this;
    }

    /// <summary>The fingerprint of what was added.</summary>
    /// <exception cref="ArgumentException">Two entries have the same name.</exception>
    public Fingerprint Build() => new(entries);
}
