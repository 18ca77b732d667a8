using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace ModelSlim.Core.Fingerprints;

/// <summary>
/// All that decides a result, and a hash of it. Equal keys mean equal results; the entries say what differs where the keys do.
/// </summary>
public sealed class Fingerprint
{
    /// <summary>Makes a fingerprint of entries in any order.</summary>
    /// <exception cref="ArgumentException">Two entries have the same name.</exception>
    public Fingerprint(IEnumerable<FingerprintEntry> entries)
    {
        Entries = [.. entries.OrderBy(entry => entry.Name, StringComparer.Ordinal)];
        for (var i = 1; i < Entries.Length; i++)
        {
            if (Entries[i].Name == Entries[i - 1].Name)
            {
                throw new ArgumentException($"There are two entries of the name '{Entries[i].Name}'.", nameof(entries));
            }
        }

        Key = Convert.ToHexStringLower(SHA256.HashData(Document(Entries)));
    }

    /// <summary>The entries in ordinal order of their names.</summary>
    public ImmutableArray<FingerprintEntry> Entries { get; }

    /// <summary>
    /// SHA-256, as 64 lower-case hexadecimal digits, of the entries in UTF-16LE, each a line
    /// <c>length of name:name=length of value:value</c>.
    /// </summary>
    public string Key { get; }

    /// <summary>What changed from an older fingerprint to this one, in ordinal order of names.</summary>
    public ImmutableArray<FingerprintChange> ChangesSince(Fingerprint before)
    {
        var old = before.Entries.ToDictionary(entry => entry.Name, entry => entry.Value, StringComparer.Ordinal);
        var now = Entries.ToDictionary(entry => entry.Name, entry => entry.Value, StringComparer.Ordinal);
        return
        [
            .. old.Keys.Union(now.Keys, StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(name => new FingerprintChange(name, old.GetValueOrDefault(name), now.GetValueOrDefault(name)))
                .Where(change => change.Before != change.After),
        ];
    }

    /// <inheritdoc/>
    public override string ToString() => Key;

    /// <summary>Lengths keep "ab" + "c" apart from "a" + "bc", so that no value can imitate an entry.</summary>
    private static ReadOnlySpan<byte> Document(ImmutableArray<FingerprintEntry> entries)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in entries)
        {
            text.Append($"{name.Length}:{name}={value.Length}:{value}\n");
        }

        return MemoryMarshal.AsBytes(text.ToString().AsSpan());
    }
}
