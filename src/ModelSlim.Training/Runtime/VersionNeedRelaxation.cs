using System.Buffers.Binary;

namespace ModelSlim.Training.Runtime;

/// <summary>
/// Lets a library load where another library is older than the one it was linked against. The loader refuses a library when
/// a version it names is not defined, even if no symbol of that version is used; an entry marked weak does not count. Only
/// entries that no relocation uses are marked, so no call can end up without a target.
/// </summary>
internal sealed class VersionNeedRelaxation
{
    private const int WeakFlag = 2;

    /// <summary>Marks the unused entries that are not provided.</summary>
    /// <param name="library">The library's bytes; they are not changed.</param>
    /// <param name="provider">Name of the older library, such as <c>libstdc++.so.6</c>.</param>
    /// <param name="provided">Versions that it defines.</param>
    /// <exception cref="InvalidDataException">The bytes are not a 64-bit ELF library.</exception>
    public RelaxedLibrary Relax(ReadOnlyMemory<byte> library, string provider, IReadOnlySet<string> provided)
    {
        var image = new ElfImage(library);
        var missing = image.Needs
            .Where(need => need.Library == provider && !need.IsWeak && !provided.Contains(need.Version))
            .ToLookup(image.Uses);
        if (!missing[false].Any())
        {
            return new RelaxedLibrary(library, [], [.. missing[true].Select(need => need.Version)]);
        }

        var copy = library.ToArray();
        foreach (var need in missing[false])
        {
            var flags = copy.AsSpan(need.FlagsOffset, 2);
            BinaryPrimitives.WriteUInt16LittleEndian(
                flags, (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(flags) | WeakFlag));
        }

        return new RelaxedLibrary(
            copy,
            [.. missing[false].Select(need => need.Version)],
            [.. missing[true].Select(need => need.Version)]);
    }
}
